// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/scenarios.h"

static int plan_nested_function(struct planner *planner, const struct function *function)
{
	const char *closed = planner_closed_gate(planner, function);
	unsigned int planned = 0;
	int r;

	if (closed)
		return planner_skip_gate(planner, SCENARIO_NESTED, function, closed);
	if (!planner_can_reset(function))
		return planner_skip_without_reset(planner, SCENARIO_NESTED, function);
	r = planner_add_methods(planner, SCENARIO_NESTED, function, true, &planned);
	if (r < 0 || planned > 0)
		return r;
	return planner_add_skip(planner, SCENARIO_NESTED, function, "", "no-nesting-method",
				"of \"%s\" none that was asked for nests", function->methods.text);
}

int plan_nested(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		int r = plan_nested_function(planner, planner->candidates[i]);

		if (r < 0)
			return r;
	}
	return 0;
}
