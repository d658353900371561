// SPDX-License-Identifier: GPL-2.0-or-later
/* A new domain for the group of a function that is being reset. */
#include <stdio.h>

#include "plan/scenarios.h"

const struct function *attach_race_driven(const struct planner *planner,
					  const struct function *function)
{
	for (size_t i = 0; i < planner->snapshot->function_count; i++) {
		const struct function *other = &planner->snapshot->functions[i];

		if (other->group == function->group && other->driver[0] && !other->is_bridge &&
		    (other != function || planner->options->driver != DRIVER_UNBIND))
			return other;
	}
	return NULL;
}

/* The first method by which it can be reset for long enough; NULL when none is wanted. */
static const char *find_method(const struct planner *planner, const struct function *function)
{
	const char *method;

	for (size_t i = 0; (method = planner_overlap_method(i)); i++)
		if (filter_wants_method(planner->options->filter, method) &&
		    planner_can_overlap(planner, function, method))
			return method;
	return NULL;
}

static int skip(struct planner *planner, const struct function *function, const char *reason,
		const char *text)
{
	return planner_add_skip(planner, SCENARIO_ATTACH_RACE, function, "", reason, "%s", text);
}

/*
 * Another type, without which the group gets no new domain: "DMA" is the one that lets devices
 * reach the least. NULL for a group that has it, or a type that is not known.
 */
static const char *find_type(const struct group *group)
{
	return group && (streq(group->type, "DMA-FQ") || streq(group->type, "identity")) ? "DMA"
											 : NULL;
}

static int add_step(struct planner *planner, const struct function *function, const char *method,
		    const char *type, const char *type_before)
{
	struct plan_step *step;
	int r = planner_add_step(planner, SCENARIO_ATTACH_RACE, method, &function, 1);

	if (r < 0)
		return r;
	step = planner_last_step(planner);
	snprintf(step->type, sizeof(step->type), "%s", type);
	snprintf(step->type_before, sizeof(step->type_before), "%s", type_before);
	return 0;
}

static int race(struct planner *planner, const struct function *function)
{
	const struct group *group = snapshot_group(planner->snapshot, function->group);
	const struct function *driven = attach_race_driven(planner, function);
	const char *method = find_method(planner, function), *type = find_type(group);

	if (driven)
		return planner_add_skip(planner, SCENARIO_ATTACH_RACE, function, "", "group-driven",
					"driver %s is bound to %s", driven->driver, driven->bdf);
	if (!type)
		return planner_add_skip(planner, SCENARIO_ATTACH_RACE, function, "",
					"no-other-type", "the type of group %d is \"%s\"",
					function->group, group ? group->type : "");
	if (!method)
		return skip(planner, function, "method-not-listed",
			    "no method that was asked for can be used");
	return add_step(planner, function, method, type, group->type);
}

int plan_attach_race(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		const struct function *function = planner->candidates[i];
		const char *closed = planner_closed_gate(planner, function);
		int r;

		/* Without the fence an attach would talk to a device that cannot answer. */
		if (planner->prepares != TRI_YES)
			r = skip(planner, function, "no-window",
				 "this kernel is not known to fence domains off during a reset");
		else if (closed)
			r = planner_skip_gate(planner, SCENARIO_ATTACH_RACE, function, closed);
		else if (!planner_can_reset(function))
			r = planner_skip_without_reset(planner, SCENARIO_ATTACH_RACE, function);
		else
			r = race(planner, function);
		if (r < 0)
			return r;
	}
	return 0;
}
