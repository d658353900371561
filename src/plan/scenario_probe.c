// SPDX-License-Identifier: GPL-2.0-or-later
/* Names written to reset_method, which alone makes the kernel block the IOMMU for a moment. */
#include "model/nest.h"
#include "plan/refuse.h"
#include "plan/scenarios.h"

/* Behind another lock, so that its reset does not keep the probes waiting. */
static bool is_sibling(const struct planner *planner, const struct function *function,
		       const struct function *other)
{
	return function != other && function->group != NO_GROUP &&
	       function->group == other->group &&
	       !streq(function_lock_key(planner->snapshot, function),
		      function_lock_key(planner->snapshot, other));
}

static const struct function *find_sibling(const struct planner *planner,
					   const struct function *function, const char **method)
{
	for (size_t i = 0; (*method = planner_overlap_method(i)); i++) {
		if (!filter_wants_method(planner->options->filter, *method))
			continue;
		for (size_t j = 0; j < planner->candidate_count; j++)
			if (is_sibling(planner, function, planner->candidates[j]) &&
			    planner_can_overlap(planner, planner->candidates[j], *method))
				return planner->candidates[j];
	}
	return NULL;
}

static int add_step(struct planner *planner, const char *method,
		    const struct function *const *functions, size_t count)
{
	int r = planner_add_step(planner, SCENARIO_PROBE, method, functions, count);

	if (r == 0)
		planner_last_step(planner)->roles[0] = SUBJECT_PROBED;
	return r;
}

static int probe_function(struct planner *planner, const struct function *function)
{
	const struct function *functions[2] = {function};
	const char *method;
	int r = add_step(planner, "", functions, 1);

	if (r < 0)
		return r;
	functions[1] = find_sibling(planner, function, &method);
	if (functions[1])
		return add_step(planner, method, functions, 2);
	return planner_add_skip(planner, SCENARIO_PROBE, function, "", "no-sibling",
				"it is probed while nothing resets; no other function of its group "
				"may be reset meanwhile");
}

/* Behind a port that masks bus resets the kernel finds that out first, and blocks nothing. */
static bool bus_alone_blocks(const struct function *function)
{
	if (reset_quirk_find(function->vendor, function->device))
		return false;
	for (unsigned int i = 0; i < function->methods.count; i++) {
		const char *name = function->methods.names[i];
		const struct method_info *info = method_info_find(name);

		if (!streq(name, "bus") && (!info || info->probe_blocks))
			return false;
	}
	return true;
}

int plan_probe(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		const struct function *function = planner->candidates[i];
		const char *closed = planner_closed_gate(planner, function);
		int r;

		if (closed)
			r = planner_skip_gate(planner, SCENARIO_PROBE, function, closed);
		else if (!planner_can_reset(function))
			r = planner_skip_without_reset(planner, SCENARIO_PROBE, function);
		else if (!function_selecting_blocks(function))
			r = planner_add_skip(planner, SCENARIO_PROBE, function, "",
					     "no-probing-method",
					     "none of \"%s\" is probed with the IOMMU blocked",
					     function->methods.text);
		else if (!planner->unaffected && function->sbr_masked == TRI_YES &&
			 bus_alone_blocks(function))
			r = planner_add_skip(
				planner, SCENARIO_PROBE, function, "", "no-probing-method",
				"the CXL port %s masks bus resets, and nothing else of "
				"\"%s\" is probed with the IOMMU blocked",
				function->upstream, function->methods.text);
		else if (refuse_probing(planner, function))
			r = planner_add_skip(planner, SCENARIO_PROBE, function, "",
					     "probing-unsafe", "it is in use or has a driver");
		else if (planner_list_would_shrink(planner, function, ""))
			r = planner_add_skip(planner, SCENARIO_PROBE, function, "", "list-not-kept",
					     "the kernel would not take in \"%s\" again",
					     function->methods.text);
		else
			r = probe_function(planner, function);
		if (r < 0)
			return r;
	}
	return 0;
}
