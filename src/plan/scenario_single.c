// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/scenarios.h"

int plan_single(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		const struct function *function = planner->candidates[i];
		unsigned int planned = 0;
		int r;

		if (planner_can_reset(function))
			r = planner_add_methods(planner, SCENARIO_SINGLE, function, false,
						&planned);
		else
			r = planner_skip_without_reset(planner, SCENARIO_SINGLE, function);
		if (r < 0)
			return r;
	}
	return 0;
}
