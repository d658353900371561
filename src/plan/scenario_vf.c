// SPDX-License-Identifier: GPL-2.0-or-later
/* Virtual functions, by each method that they have; then PFs that have some. */
#include "plan/scenarios.h"

static int add_methods(struct planner *planner, const struct function *function)
{
	unsigned int planned = 0;
	int r = planner_add_methods(planner, SCENARIO_VF, function, false, &planned);

	return r < 0 ? r : planner_add_methods(planner, SCENARIO_VF, function, true, &planned);
}

static int reset_vf(struct planner *planner, const struct function *function)
{
	const char *closed = planner_closed_gate(planner, function);

	if (!planner_can_reset(function))
		return planner_skip_without_reset(planner, SCENARIO_VF, function);
	if (!function->physfn[0])
		return planner_add_skip(planner, SCENARIO_VF, function, "", "no-vf",
					"it is no VF, and no VFs are enabled on it");
	if (closed)
		return planner_skip_gate(planner, SCENARIO_VF, function, closed);
	return add_methods(planner, function);
}

/* What becomes of the VFs shows with the gate closed as well. */
static int reset_pf(struct planner *planner, const struct function *function)
{
	return planner_can_reset(function)
		       ? add_methods(planner, function)
		       : planner_skip_without_reset(planner, SCENARIO_VF, function);
}

int plan_vf(struct planner *planner)
{
	/* PFs last: their VFs may not come back. */
	for (int pfs = 0; pfs < 2; pfs++)
		for (size_t i = 0; i < planner->candidate_count; i++) {
			const struct function *function = planner->candidates[i];
			int r;

			if (function_has_vfs(function) != (pfs > 0))
				continue;
			r = pfs ? reset_pf(planner, function) : reset_vf(planner, function);
			if (r < 0)
				return r;
		}
	return 0;
}
