// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "plan/refuse.h"

/* A reset of the PF takes them away from whoever has them, and nobody would be told. */
static bool refuse_vf(const struct function *pf, const struct function *vf, struct refusal *refusal)
{
	char text[WHY_MAX];

	if (vf->use_count)
		snprintf(text, sizeof(text), "VF %s is in use: %.180s", vf->bdf, vf->uses[0].what);
	else if (vf->driver[0])
		snprintf(text, sizeof(text), "driver %s is bound to VF %s", vf->driver, vf->bdf);
	else if (vf->below[0])
		snprintf(text, sizeof(text), "%s hangs off VF %s", vf->below, vf->bdf);
	else
		return false;
	return refuse(refusal, pf, "vf-in-use", text);
}

bool refuse_vfs(const struct planner *planner, const struct function *function,
		struct refusal *refusal)
{
	const struct function *vf = NULL;
	unsigned int seen = 0;
	char text[WHY_MAX];

	if (!function_has_vfs(function))
		return false;
	while ((vf = snapshot_next_vf(planner->snapshot, function, vf))) {
		if (refuse_vf(function, vf, refusal))
			return true;
		seen++;
	}
	if (seen == function->vf_count)
		return false;
	if (function->vf_count == VF_COUNT_UNKNOWN)
		snprintf(text, sizeof(text), "how many VFs are enabled is not known");
	else
		snprintf(text, sizeof(text), "%u VFs are enabled, and %u are known",
			 function->vf_count, seen);
	return refuse(refusal, function, "vf-in-use", text);
}
