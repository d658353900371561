// SPDX-License-Identifier: GPL-2.0-or-later
/* Resets under the driver of a disk that is read, or a network interface that sends meanwhile. */
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
		step->sends = !function->has_disk;
		step->unbind = !step->as_listed && !streq(function->methods.text, step->method);
	}
	return r;
}

/* What goes through the function is what shows that it works: a disk is read, nothing else starts.
 */
static int skip_without_traffic(struct planner *planner, const struct function *function)
{
	if (function->interface[0])
		return planner_add_skip(planner, SCENARIO_DRIVER, function, "", "needs-traffic",
					"%s would have to send", function->interface);
	return skip(planner, function, "nothing-to-use", "neither disk nor network interface");
}

static bool has_traffic(const struct planner *planner, const struct function *function)
{
	return function->has_disk || (function->interface[0] && planner->options->with_traffic);
}

static int warn_of_frames(struct planner *planner, const struct function *function)
{
	return plan_warn(
		planner->plan,
		"%s of %s is brought up for each of its resets and sends frames to its own "
		"address",
		function->interface, function->bdf);
}

static int reset_under_driver(struct planner *planner, const struct function *function)
{
	int r;

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
	if (!has_traffic(planner, function))
		return skip_without_traffic(planner, function);
	r = add_methods(planner, function);
	return r < 0 || function->has_disk ? r : warn_of_frames(planner, function);
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
