// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/plan.h"

#include <errno.h>
#include <stdio.h>

#include "base/array.h"
#include "plan/scenarios.h"
#include "plan/refuse.h"

static int find_candidates(struct planner *planner)
{
	const struct snapshot *snapshot = planner->snapshot;

	planner->candidates = calloc(snapshot->function_count + 1, sizeof(struct function *));
	if (!planner->candidates)
		return -ENOMEM;
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct function *function = &snapshot->functions[i];
		struct refusal refusal, *added;

		if (!filter_match(planner->options->filter, function))
			continue;
		if (!refuse_function(snapshot, function, planner->options->driver != DRIVER_REFUSE,
				     planner->unaffected, &refusal)) {
			planner->candidates[planner->candidate_count++] = function;
			continue;
		}
		added = ARRAY_APPEND(planner->plan->refusals, planner->plan->refusal_count);
		if (!added)
			return -ENOMEM;
		*added = refusal;
	}
	return 0;
}

static bool selecting_blocks(const struct function *function)
{
	if (reset_quirk_find(function->vendor, function->device))
		return true;
	for (unsigned int i = 0; i < function->methods.count; i++) {
		const struct method_info *info = method_info_find(function->methods.names[i]);

		if (!info || info->probe_blocks)
			return true;
	}
	return false;
}

/*
 * Writing some names to reset_method makes the kernel detach the function for a moment, without
 * its driver knowing. Only a function under a driver can suffer from that.
 */
static int warn_of_selecting(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		const struct function *function = planner->candidates[i];
		char **warning, *text;

		if (!function->driver[0] || planner->options->driver != DRIVER_KEEP ||
		    planner->unaffected || !selecting_blocks(function) ||
		    function_gate_open(planner->snapshot, function) == TRI_NO)
			continue;
		warning = ARRAY_APPEND(planner->plan->warnings, planner->plan->warning_count);
		if (!warning)
			return -ENOMEM;
		if (asprintf(&text,
			     "%s: this kernel detaches a function from its IOMMU domain for a "
			     "moment when reset_method is written; driver %s is bound and must be "
			     "idle",
			     function->bdf, function->driver) < 0)
			return -ENOMEM;
		*warning = text;
	}
	return 0;
}

int plan_make(const struct snapshot *snapshot, const struct kernel_facts *facts,
	      const struct plan_options *options, struct plan *plan)
{
	struct planner planner = {
		.snapshot = snapshot,
		.options = options,
		.plan = plan,
		.unaffected = facts_judge(facts, NULL) == STATIC_NOT_AFFECTED,
	};
	int r = find_candidates(&planner);

	/* Controls first: a function whose simple resets fail proves nothing with nested ones. */
	if (r == 0 && options->scenarios[SCENARIO_SINGLE])
		r = plan_single(&planner);
	if (r == 0 && options->scenarios[SCENARIO_NESTED])
		r = plan_nested(&planner);
	if (r == 0 && options->scenarios[SCENARIO_SIBLINGS])
		r = plan_siblings(&planner);
	if (r == 0 && plan->step_count > 0)
		r = warn_of_selecting(&planner);
	free(planner.candidates);
	if (r < 0)
		plan_free(plan);
	return r;
}
