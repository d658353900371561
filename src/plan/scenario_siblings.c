// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/attr.h"
#include "plan/scenarios.h"

/* Up to SUBJECTS_MAX functions of the group, each behind another lock, that offer @method. */
static size_t gather_siblings(const struct planner *planner, int group, const char *method,
			      const struct function *siblings[SUBJECTS_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < planner->candidate_count && count < SUBJECTS_MAX; i++) {
		const struct function *function = planner->candidates[i];
		const char *key = function_lock_key(planner->snapshot, function);
		bool taken = false;

		if (function->group != group || !planner_can_overlap(planner, function, method))
			continue;
		for (size_t j = 0; j < count; j++)
			taken |= streq(function_lock_key(planner->snapshot, siblings[j]), key);
		if (!taken)
			siblings[count++] = function;
	}
	return count;
}

static int plan_siblings_of_group(struct planner *planner, int group, bool *planned)
{
	const char *method;

	for (size_t i = 0; (method = planner_overlap_method(i)); i++) {
		const struct function *siblings[SUBJECTS_MAX];
		size_t count;

		if (!filter_wants_method(planner->options->filter, method))
			continue;
		count = gather_siblings(planner, group, method, siblings);
		if (count < 2)
			continue;
		*planned = true;
		return planner_add_step(planner, SCENARIO_SIBLINGS, method, siblings, count);
	}
	return 0;
}

static int skip_sibling(struct planner *planner, const struct function *function)
{
	const char *closed = planner_closed_gate(planner, function);

	if (closed)
		return planner_skip_gate(planner, SCENARIO_SIBLINGS, function, closed);
	if (!planner_can_reset(function))
		return planner_skip_without_reset(planner, SCENARIO_SIBLINGS, function);
	return planner_add_skip(planner, SCENARIO_SIBLINGS, function, "", "no-sibling",
				"group %d has no other function that may reset at the same time",
				function->group);
}

/* Groups are handled once each, at their first candidate. */
static bool is_first_of_group(const struct planner *planner, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (planner->candidates[i]->group == planner->candidates[index]->group)
			return false;
	return true;
}

int plan_siblings(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		int group = planner->candidates[i]->group;
		bool planned = false;
		int r = 0;

		if (group != NO_GROUP) {
			if (!is_first_of_group(planner, i))
				continue;
			r = plan_siblings_of_group(planner, group, &planned);
		}
		if (r == 0 && !planned)
			r = skip_sibling(planner, planner->candidates[i]);
		if (r < 0)
			return r;
	}
	return 0;
}
