// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/node.h"

#define IOMMUS "sys/class/iommu"
#define PATH_TEXT_MAX 300
#define WHAT_MAX 192

struct function *use_function(struct snapshot *snapshot, const char *bdf)
{
	const struct function *found = snapshot_find(snapshot, bdf);

	return found ? &snapshot->functions[found - snapshot->functions] : NULL;
}

int use_take_vfs(struct function *function, int r, uint64_t count)
{
	char what[64];

	function->vf_count = 0;
	if (r == -ENOENT || (r == 0 && !count))
		return 0;
	if (r < 0 || count > UINT16_MAX) {
		function->vf_count = VF_COUNT_UNKNOWN;
		snprintf(what, sizeof(what), "cannot tell how many (sriov_numvfs)");
	} else {
		function->vf_count = (unsigned int)count;
		snprintf(what, sizeof(what), "%u VFs enabled", function->vf_count);
	}
	return function_add_use(function, USE_VFS, what) ? 0 : -ENOMEM;
}

int use_mark_path_vital(struct snapshot *snapshot, const char *path, enum use_kind kind, bool vital,
			const char *what)
{
	char bdf[BDF_MAX];
	int count = 0;

	while ((path = bdf_next_in_path(path, bdf))) {
		struct function *function = use_function(snapshot, bdf);
		struct use *use;

		if (!function || function->is_bridge)
			continue;
		use = function_add_use(function, kind, what);
		if (!use)
			return -ENOMEM;
		use->vital = vital;
		count++;
	}
	return count;
}

int use_mark_path(struct snapshot *snapshot, const char *path, enum use_kind kind, const char *what)
{
	return use_mark_path_vital(snapshot, path, kind, false, what);
}

int use_mark_bound(struct snapshot *snapshot, const char *what)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!function->driver[0] || function->is_bridge)
			continue;
		if (!function_add_use(function, USE_UNKNOWN, what))
			return -ENOMEM;
	}
	return 0;
}

int use_mark_all(struct snapshot *snapshot, const char *what)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!function->is_bridge && !function_add_use(function, USE_UNKNOWN, what))
			return -ENOMEM;
	}
	return 0;
}

static int read_opens(const struct root *root, bool mapped, struct openless *openless,
		      struct snapshot *snapshot, struct opens *opens)
{
	int r = snapshot->function_count ? opens_read(root, mapped, openless, opens) : 0;

	if (r < 0 && r != -ENOMEM)
		return use_mark_all(snapshot, "cannot tell which device files are open (proc)");
	return r;
}

/* Resetting or unbinding an IOMMU takes the DMA of everything behind it away: AMD-Vi, virtio. */
static int use_read_iommus(const struct root *root, struct snapshot *snapshot)
{
	char path[PATH_TEXT_MAX], link[NODE_TEXT_MAX], what[WHAT_MAX];
	_cleanup_names_ struct names names = {0};
	int r = names_read(root, IOMMUS, &names);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; r >= 0 && i < names.count; i++) {
		snprintf(path, sizeof(path), IOMMUS "/%s", names.list[i]);
		if (root_read_link(root, path, link, sizeof(link)) < 0)
			continue;
		snprintf(what, sizeof(what), "it is the IOMMU %.100s", names.list[i]);
		r = use_mark_path_vital(snapshot, link, USE_HELD, true, what);
	}
	return r < 0 ? r : 0;
}

/* What needs a driver. */
static int read_devices(const struct root *root, struct snapshot *snapshot,
			const struct opens *opens)
{
	static int (*const readers[])(const struct root *, struct snapshot *) = {
		use_read_iommus,  use_read_network, use_read_console,
		use_read_service, use_read_crypto,  use_read_targets,
		use_read_fabrics, use_read_memory,  use_read_cxl,
	};
	int r = use_read_block(root, snapshot, opens);

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(readers); i++)
		r = readers[i](root, snapshot);
	return r;
}

int use_read(const struct root *root, enum use_scope scope, struct openless *openless,
	     struct snapshot *snapshot)
{
	_cleanup_opens_ struct opens opens = {0};
	int r = read_opens(root, scope != USE_SCOPE_QUICK, openless, snapshot, &opens);

	if (r == 0 && scope != USE_SCOPE_UNBOUND)
		r = read_devices(root, snapshot, &opens);
	/* The firmware's framebuffer needs no driver. */
	if (r == 0)
		r = use_read_display(root, snapshot);
	if (r == 0)
		r = use_read_open(root, snapshot, &opens);
	return r < 0 ? r : use_read_vfio(root, snapshot, &opens);
}
