// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/plan.h"

#include <errno.h>
#include <stdio.h>

#include "base/array.h"
#include "model/nest.h"
#include "plan/join.h"
#include "plan/refuse.h"
#include "plan/scenarios.h"

static int sort_out(struct planner *planner, const struct function *function)
{
	struct refusal refusal, *added;

	if (refuse_function(planner, function, &refusal)) {
		added = ARRAY_APPEND(planner->plan->refusals, planner->plan->refusal_count);
		if (!added)
			return -ENOMEM;
		*added = refusal;
		return 0;
	}
	planner->candidates[planner->candidate_count++] = function;
	return refuse_warn_of_lifted(planner, function);
}

static int find_candidates(struct planner *planner)
{
	const struct snapshot *snapshot = planner->snapshot;
	int r = 0;

	planner->mates = mates_new(snapshot);
	planner->candidates = calloc(snapshot->function_count + 1, sizeof(struct function *));
	if (!planner->mates || !planner->candidates)
		return -ENOMEM;
	for (size_t i = 0; i < snapshot->function_count && r == 0; i++)
		if (filter_match(planner->options->filter, &snapshot->functions[i]))
			r = sort_out(planner, &snapshot->functions[i]);
	return r;
}

/*
 * Writing some names to reset_method makes the kernel detach the function for a moment, without
 * its driver knowing. Only a function under a driver can suffer from that.
 */
static int warn_of_selecting(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		const struct function *function = planner->candidates[i];
		int r;

		if (!function->driver[0] || planner->options->driver != DRIVER_KEEP ||
		    planner->unaffected || !function_selecting_blocks(function) ||
		    function_gate_open(planner->snapshot, function) == TRI_NO)
			continue;
		r = plan_warn(planner->plan,
			      "%s: this kernel detaches a function from its IOMMU domain for a "
			      "moment when reset_method is written; driver %s is bound and must be "
			      "idle",
			      function->bdf, function->driver);
		if (r < 0)
			return r;
	}
	return 0;
}

/* What does not forbid a run, but a reader of its answer should know. */
static int warn_of_host(struct planner *planner)
{
	const struct host *host = &planner->snapshot->host;
	int r = 0;

	if (host->guest[0])
		r = plan_warn(planner->plan,
			      "this is a virtual machine (%s): whoever lends or emulates its "
			      "functions does the real reset, and the answer is about this "
			      "machine's kernel alone",
			      host->guest);
	if (r == 0 && host->confidential == TRI_YES)
		r = plan_warn(planner->plan, "the kernel is locked down (confidentiality): resets "
					     "cannot be traced, so a fix cannot be shown");
	if (r == 0 && host->tainted & TAINT_WARNED)
		r = plan_warn(planner->plan, "the kernel has warned before (kernel.tainted has W); "
					     "what follows may come of that");
	return r;
}

int plan_make(const struct snapshot *snapshot, const struct kernel_facts *facts,
	      const struct plan_options *options, struct plan *plan)
{
	struct planner planner = {
		.snapshot = snapshot,
		.options = options,
		.plan = plan,
		.unaffected = facts_judge(facts, NULL) == STATIC_NOT_AFFECTED,
		.prepares = facts->prepare,
	};
	int r = find_candidates(&planner);

	plan->options = options;
	for (size_t i = 0; i < SCENARIO_COUNT && r == 0; i++)
		if (options->scenarios[scenario_planners[i].scenario])
			r = scenario_planners[i].make(&planner);
	join_steps(snapshot, options->jobs, plan);
	if (r == 0 && plan->step_count > 0)
		r = warn_of_selecting(&planner);
	if (r == 0 && plan->step_count > 0)
		r = warn_of_host(&planner);
	mates_free(planner.mates);
	free(planner.candidates);
	if (r < 0)
		plan_free(plan);
	return r;
}

/* What was planned for one driver, or for none, is nothing to do to another one's function. */
static bool refuse_other_driver(const struct function *then, const struct function *now,
				struct refusal *refusal)
{
	char text[WHY_MAX];

	if (streq(then->driver, now->driver))
		return false;
	snprintf(text, sizeof(text), "%s is bound, and %s was when the run was planned",
		 now->driver[0] ? now->driver : "no driver",
		 then->driver[0] ? then->driver : "none");
	return refuse(refusal, now, "driver-changed", text);
}

/* Then the kernel would refuse the new domain for another reason than the reset. */
static bool refuse_driven_group(const struct planner *planner, enum scenario scenario,
				const struct function *function, struct refusal *refusal)
{
	const struct function *driven =
		scenario == SCENARIO_ATTACH_RACE ? attach_race_driven(planner, function) : NULL;
	char text[WHY_MAX];

	if (!driven)
		return false;
	snprintf(text, sizeof(text), "driver %s is bound to %s", driven->driver, driven->bdf);
	return refuse(refusal, function, "group-driven", text);
}

static bool refuse_bus(const struct planner *planner, const struct plan_step *step,
		       const struct function *function, struct refusal *refusal)
{
	const struct method_info *info = method_info_find(step->method);
	const struct function *mate;
	char text[WHY_MAX];

	if (info && !info->resets_bus && !step->as_listed)
		return false;
	mate = step->as_listed ? planner_list_mate(planner, function)
			       : refuse_bus_mate(planner, function);
	if (!mate)
		return false;
	snprintf(text, sizeof(text), "it would reset %s as well", mate->bdf);
	return refuse(refusal, function, "bus-mate-in-use", text);
}

/* What was quiet when the run was planned may have come into use, and be forced. */
static bool refuse_writing(const struct planner *planner, const struct plan_step *step,
			   enum subject_role role, const struct function *function,
			   struct refusal *refusal)
{
	if (step->as_listed)
		return false;
	if (role == SUBJECT_PROBED && refuse_probing(planner, function))
		return refuse(refusal, function, "probing-unsafe", "it is in use or has a driver");
	if (refuse_selecting(planner, function))
		return refuse(refusal, function, "selecting-unsafe",
			      "writing reset_method would take the DMA of a function in use away");
	return false;
}

int plan_recheck(const struct snapshot *now, const struct kernel_facts *facts,
		 const struct plan_options *options, const struct plan_step *step,
		 struct refusal *refusal)
{
	struct planner planner = {
		.snapshot = now,
		.options = options,
		.unaffected = facts_judge(facts, NULL) == STATIC_NOT_AFFECTED,
		.mates = mates_new(now),
	};
	bool refused = false;

	if (!planner.mates)
		return -ENOMEM;
	for (size_t i = 0; i < step->function_count && !refused; i++) {
		const struct function *function = snapshot_find(now, step->functions[i]->bdf);

		refused = function &&
			  (refuse_other_driver(step->functions[i], function, refusal) ||
			   refuse_function(&planner, function, refusal) ||
			   refuse_driven_group(&planner, step->scenario, function, refusal) ||
			   refuse_writing(&planner, step, step->roles[i], function, refusal) ||
			   (step->roles[i] == SUBJECT_RESET &&
			    refuse_bus(&planner, step, function, refusal)));
	}
	mates_free(planner.mates);
	return refused;
}
