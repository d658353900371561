// SPDX-License-Identifier: GPL-2.0-or-later
/* Resets under the driver of a disk that is read meanwhile. */
#include "model/driver.h"
#include "plan/scenarios.h"

static int skip(struct planner *planner, const struct function *function, const char *reason,
		const char *text)
{
	return planner_add_skip(planner, SCENARIO_DRIVER, function, "", reason, "%s", text);
}

/*
 * With one method alone in the list nothing has to be selected. Otherwise the driver comes off
 * first, since the write itself would take its DMA away.
 */
static int add_methods(struct planner *planner, const struct function *function)
{
	size_t first = planner->plan->step_count;
	unsigned int planned = 0;
	int r = planner_add_methods(planner, SCENARIO_DRIVER, function, false, &planned);

	if (r == 0)
		r = planner_add_methods(planner, SCENARIO_DRIVER, function, true, &planned);
	for (size_t i = first; i < planner->plan->step_count; i++) {
		struct plan_step *step = &planner->plan->steps[i];

		step->under_driver = true;
		step->unbind = !streq(function->methods.text, step->method);
	}
	return r;
}

static int reset_under_driver(struct planner *planner, const struct function *function)
{
	if (!planner_can_reset(function))
		return planner_skip_without_reset(planner, SCENARIO_DRIVER, function);
	if (!function->driver[0])
		return skip(planner, function, "no-driver", "no driver is bound");
	if (!function_driver_bears_reset(function))
		return planner_add_skip(planner, SCENARIO_DRIVER, function, "", "no-reset-handler",
					"driver %s is bound", function->driver);
	if (function->use_count > 0)
		return skip(planner, function, "selecting-unsafe",
			    "this is not done with a function in use, forced or not");
	if (function->methods.count > 1 && planner->options->driver != DRIVER_UNBIND)
		return skip(planner, function, "needs-unbind",
			    "a method would have to be selected under its driver");
	return add_methods(planner, function);
}

int plan_driver(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		int r = reset_under_driver(planner, planner->candidates[i]);

		if (r < 0)
			return r;
	}
	return 0;
}
