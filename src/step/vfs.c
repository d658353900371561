// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/vfs.h"

#include <errno.h>
#include <time.h>

#include "observe/config.h"
#include "step/attribute.h"

/* PCIe 6.0, 9.3.3.3.1: a VF has 1 s from VF Enable to answer; the kernel waits for 0.1 s of it. */
#define READY_TRIES 15
#define READY_PAUSE_MS 100

int vfs_add(struct execution *x, const struct snapshot *snapshot, size_t index)
{
	const struct function *pf = x->planned->functions[index], *vf = NULL;

	if (!function_has_vfs(pf))
		return 0;
	while ((vf = snapshot_next_vf(snapshot, pf, vf))) {
		struct step_vf *added = step_add_vf(x->step);

		if (!added)
			return -ENOMEM;
		snprintf(added->function, sizeof(added->function), "%s", vf->bdf);
		snprintf(added->physfn, sizeof(added->physfn), "%s", pf->bdf);
		added->vendor = vf->vendor;
		added->device = vf->device;
	}
	return 0;
}

static int read_count(const struct execution *x, const char *bdf)
{
	char path[64];
	uint64_t count;

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/sriov_numvfs", bdf);
	return root_read_u64(x->root, path, &count) == 0 && count <= UINT16_MAX ? (int)count
										: VFS_UNKNOWN;
}

/* What cannot be read stays empty. */
static void read_header(const struct execution *x, const struct step_vf *vf,
			char header[VF_HEADER_TEXT_MAX])
{
	if (config_read_header(x->root, vf->function, header, VF_HEADER_TEXT_MAX) < 0)
		header[0] = '\0';
}

int vfs_look_before(struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++)
		if (function_has_vfs(x->planned->functions[i]))
			x->step->subjects[i].vfs_before =
				read_count(x, x->step->subjects[i].function);
	for (size_t i = 0; i < x->step->vf_count; i++) {
		struct step_vf *vf = &x->step->vfs[i];
		char driver[64];
		int r = attribute_read_driver(x->root, vf->function, driver, sizeof(driver));

		if (r == 0 && driver[0])
			r = -ESTALE;
		if (r < 0) {
			snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/driver",
				 vf->function);
			return r;
		}
		read_header(x, vf, vf->header_before);
	}
	return 0;
}

/* The kernel holds locks of a PF whose reset has not returned. */
static bool is_readable(const struct execution *x, const struct step_vf *vf)
{
	const struct subject *pf = step_subject(x->step, vf->physfn);

	return pf && pf->started && !pf->hung;
}

/* Returns whether one does not answer that did before. */
static bool look_at_all(struct execution *x)
{
	bool waiting = false;

	for (size_t i = 0; i < x->step->vf_count; i++) {
		struct step_vf *vf = &x->step->vfs[i];

		if (!is_readable(x, vf))
			continue;
		/* Where it is not known its header tells. */
		vf->present_after =
			function_present(x->root, vf->function, vf->vendor, vf->device) != 0;
		read_header(x, vf, vf->header_after);
		waiting |= vf->present_after && vf_answers(vf->header_before) == TRI_YES &&
			   vf_answers(vf->header_after) == TRI_NO;
	}
	return waiting;
}

void vfs_look_after(struct execution *x)
{
	const struct timespec pause = {.tv_nsec = READY_PAUSE_MS * 1000000L};

	for (int i = 0; look_at_all(x) && i < READY_TRIES; i++)
		nanosleep(&pause, NULL);
	for (size_t i = 0; i < x->step->subject_count; i++) {
		struct subject *pf = &x->step->subjects[i];

		if (function_has_vfs(x->planned->functions[i]))
			pf->vfs_after = pf->started && !pf->hung ? read_count(x, pf->function)
								 : VFS_UNKNOWN;
	}
}
