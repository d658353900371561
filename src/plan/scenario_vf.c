// SPDX-License-Identifier: GPL-2.0-or-later
/* Virtual functions, by each method that they have. */
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
					"it is no virtual function");
	if (closed)
		return planner_skip_gate(planner, SCENARIO_VF, function, closed);
	return add_methods(planner, function);
}

int plan_vf(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		int r = reset_vf(planner, planner->candidates[i]);

		if (r < 0)
			return r;
	}
	return 0;
}
