// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The VFs of a PF that was reset: pci_restore_iov_state() enables them again, so they must be there
 * and answer as before. What state they had is lost, which is no fault.
 */
#include <errno.h>

#include "judge/scenario.h"

static int quote(const struct step_vf *vf, struct finding *finding)
{
	if (!vf->present_after)
		return finding_add_evidence(finding, "VF %s is gone", vf->function);
	if (vf_answers(vf->header_after) != TRI_NO)
		return finding_add_evidence(finding, "VF %s was removed by hotplug", vf->function);
	return finding_add_evidence(finding, "VF %s: its configuration space began %s, now %s",
				    vf->function, vf->header_before, vf->header_after);
}

static bool is_of(const struct step_vf *vf, const struct subject *pf)
{
	return streq(vf->physfn, pf->function);
}

static bool is_lost(const struct step_case *c, size_t index)
{
	return c->vfs_removed[index] || vf_is_silent(&c->step->vfs[index]);
}

static int check_pf(struct step_case *c, const struct subject *pf)
{
	const bool counted = pf->vfs_before != VFS_UNKNOWN && pf->vfs_after != VFS_UNKNOWN;
	const bool fewer = counted && pf->vfs_before != pf->vfs_after;
	struct finding *finding;
	unsigned int lost = 0;
	int r = 0;

	for (size_t i = 0; i < c->step->vf_count; i++)
		lost += is_of(&c->step->vfs[i], pf) && is_lost(c, i);
	if (!lost && !fewer)
		return 0;
	finding = result_add_finding(c->result, "vf-lost", pf->function,
				     "after %s of %s, %u of its %d VFs are gone or do not answer",
				     c->step->method, pf->function, lost, pf->vfs_before);
	if (!finding)
		return -ENOMEM;
	if (fewer)
		r = finding_add_evidence(finding, "sriov_numvfs of %s: %d -> %d", pf->function,
					 pf->vfs_before, pf->vfs_after);
	for (size_t i = 0; i < c->step->vf_count && r == 0; i++)
		if (is_of(&c->step->vfs[i], pf) && is_lost(c, i))
			r = quote(&c->step->vfs[i], finding);
	return r;
}

int rule_vfs(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		int r;

		/* What took its PF took them as well. */
		if (!subject->started || subject->hung || subject->abandoned ||
		    case_finding(c, "device-lost", subject->function))
			continue;
		r = check_pf(c, subject);
		if (r < 0)
			return r;
	}
	return 0;
}

const char *proof_vfs(const struct step_case *c, size_t index)
{
	const struct subject *pf = &c->step->subjects[index];
	int answering = 0;

	for (size_t i = 0; i < c->step->vf_count; i++) {
		const struct step_vf *vf = &c->step->vfs[i];

		if (!is_of(vf, pf))
			continue;
		if (vf_answers(vf->header_before) != TRI_YES ||
		    vf_answers(vf->header_after) != TRI_YES)
			return "vfs-unknown";
		answering++;
	}
	return answering == pf->vfs_before && pf->vfs_before == pf->vfs_after ? NULL
									      : "vfs-unknown";
}

void vf_explain(struct step_case *c)
{
	const struct subject *subject = &c->step->subjects[0];
	char vfs[64] = "";

	if (subject->vfs_before > 0)
		snprintf(vfs, sizeof(vfs), "; its VFs answer, %d of %d", subject->vfs_after,
			 subject->vfs_before);
	snprintf(c->result->text, sizeof(c->result->text),
		 "depth %u, blocked throughout, back to %s%s", c->result->depth_max,
		 subject->domain_type, vfs);
}
