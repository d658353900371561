// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Functions of many groups behind many bridges at once, each again and again: what one reset leaves
 * behind meets the next, and what belongs to one group must not meet another.
 */
#include <errno.h>

#include "plan/independent.h"
#include "plan/scenarios.h"

/* Takes out of @left what can be reset at the same time, at most SUBJECTS_MAX functions. */
static size_t take_together(const struct planner *planner, const struct function **left,
			    size_t *left_count, const struct function *together[SUBJECTS_MAX])
{
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < *left_count; i++)
		if (count < SUBJECTS_MAX &&
		    independent_of_all(planner->snapshot, left[i], together, count))
			together[count++] = left[i];
		else
			left[kept++] = left[i];
	*left_count = kept;
	return count;
}

static int add_steps(struct planner *planner, const char *method, const struct function **left,
		     size_t left_count)
{
	int r = 0;

	while (left_count > 0 && r == 0) {
		const struct function *together[SUBJECTS_MAX];
		size_t count = take_together(planner, left, &left_count, together);

		r = planner_add_step(planner, SCENARIO_STORM, method, together, count);
		if (r < 0)
			return r;
		planner_last_step(planner)->resets = RESETS_MAX;
		planner_last_step(planner)->independent = true;
	}
	return r;
}

static int plan_method(struct planner *planner, const char *method)
{
	_cleanup_free_ const struct function **left = NULL;
	size_t count = 0;

	left = calloc(planner->candidate_count + 1, sizeof(struct function *));
	if (!left)
		return -ENOMEM;
	for (size_t i = 0; i < planner->candidate_count; i++)
		if (planner_can_overlap(planner, planner->candidates[i], method))
			left[count++] = planner->candidates[i];
	return add_steps(planner, method, left, count);
}

static bool offers_any(const struct planner *planner, const struct function *function)
{
	const struct method_info *info;

	for (unsigned int i = 0; (info = method_info_at(i)); i++)
		if (filter_wants_method(planner->options->filter, info->name) &&
		    planner_can_overlap(planner, function, info->name))
			return true;
	return false;
}

static int skip_function(struct planner *planner, const struct function *function)
{
	const char *closed = planner_closed_gate(planner, function);

	if (closed)
		return planner_skip_gate(planner, SCENARIO_STORM, function, closed);
	if (!planner_can_reset(function))
		return planner_skip_without_reset(planner, SCENARIO_STORM, function);
	return offers_any(planner, function)
		       ? 0
		       : planner_add_skip(planner, SCENARIO_STORM, function, "",
					  "method-not-listed",
					  "none of \"%s\" was asked for and may be used",
					  function->methods.text);
}

int plan_storm(struct planner *planner)
{
	const struct method_info *info;
	int r = 0;

	for (size_t i = 0; i < planner->candidate_count && r == 0; i++)
		r = skip_function(planner, planner->candidates[i]);
	for (unsigned int i = 0; r == 0 && (info = method_info_at(i)); i++)
		if (filter_wants_method(planner->options->filter, info->name))
			r = plan_method(planner, info->name);
	return r;
}
