// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/scenarios.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/array.h"
#include "model/nest.h"
#include "plan/refuse.h"

static int add_step(struct planner *planner, enum scenario scenario, const char *method,
		    const struct function *const *functions, size_t count)
{
	struct plan_step *step = ARRAY_APPEND(planner->plan->steps, planner->plan->step_count);

	if (!step)
		return -ENOMEM;
	step->scenario = scenario;
	snprintf(step->method, sizeof(step->method), "%s", method);
	memcpy(step->functions, functions, count * sizeof(struct function *));
	step->function_count = count;
	step->unbind = planner->options->driver == DRIVER_UNBIND;
	return 0;
}

static int add_skip(struct planner *planner, enum scenario scenario,
		    const struct function *function, const char *method, const char *reason,
		    const char *format, ...) _printf_(6, 7);

static int add_skip(struct planner *planner, enum scenario scenario,
		    const struct function *function, const char *method, const char *reason,
		    const char *format, ...)
{
	struct plan_skip *skip = ARRAY_APPEND(planner->plan->skips, planner->plan->skip_count);
	va_list args;

	if (!skip)
		return -ENOMEM;
	skip->scenario = scenario;
	skip->function = function;
	skip->reason = reason;
	snprintf(skip->method, sizeof(skip->method), "%s", method);
	va_start(args, format);
	vsnprintf(skip->text, sizeof(skip->text), format, args);
	va_end(args);
	return 0;
}

/* A device-specific reset that nobody knows may nest; whether it does is what the run shows. */
static bool nests(const struct function *function, const char *method)
{
	return function_method_nests(function, method) != TRI_NO;
}

/* Why the function's resets do not block the IOMMU, as a slug; NULL when they do. */
static const char *closed_gate(const struct planner *planner, const struct function *function)
{
	/* Without prepare/done there is no gate. */
	return planner->unaffected ? NULL : function_gate_reason(planner->snapshot, function);
}

static const char *describe_gate(const struct planner *planner, const struct function *function,
				 const char *reason)
{
	if (streq(reason, "no-iommu"))
		return "it is in no IOMMU group: the IOMMU is off or absent";
	if (streq(reason, "ats-unknown"))
		return "whether it has ATS could not be read";
	if (planner->snapshot->host.ats_disabled == TRI_YES)
		return "the kernel runs with pci=noats";
	if (function->untrusted == TRI_YES)
		return "it is untrusted, so the kernel refuses it ATS";
	return "it has no ATS capability, so its resets do not block the IOMMU";
}

/* Adds the step, unless a rule of the machine or a neighbour stands against the method. */
static int plan_method(struct planner *planner, enum scenario scenario,
		       const struct function *function, const char *method)
{
	const struct method_info *info = method_info_find(method);

	if (streq(method, "bus") && function->sbr_masked == TRI_YES)
		return add_skip(planner, scenario, function, method, "sbr-masked",
				"the CXL port %s masks secondary bus resets", function->upstream);
	if (refuse_selecting(planner, function))
		return add_skip(
			planner, scenario, function, method, "selecting-unsafe",
			"writing reset_method would take the DMA of a function in use away");
	/* A method that nobody knows may reach as far. */
	if (!info || info->resets_bus) {
		const struct function *mate = refuse_bus_mate(planner, function);

		if (mate)
			return add_skip(planner, scenario, function, method, "bus-mate-in-use",
					"it would reset %s as well", mate->bdf);
	}
	return add_step(planner, scenario, method, &function, 1);
}

/* Skips the wanted methods that nest, or do not, and are not offered; *skipped counts them. */
static int skip_unlisted(struct planner *planner, enum scenario scenario,
			 const struct function *function, bool nesting, unsigned int *skipped)
{
	const struct filter *filter = planner->options->filter;

	for (size_t i = 0; i < filter->method_count; i++) {
		const char *method = filter->methods[i];
		int r;

		if (nests(function, method) != nesting ||
		    method_list_has(&function->methods, method))
			continue;
		++*skipped;
		r = add_skip(planner, scenario, function, method, "method-not-listed",
			     "reset_method offers \"%s\"", function->methods.text);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Plans the methods that nest, or those that do not; *planned counts what was asked for. */
static int plan_methods(struct planner *planner, enum scenario scenario,
			const struct function *function, bool nesting, unsigned int *planned)
{
	int r = skip_unlisted(planner, scenario, function, nesting, planned);

	if (r < 0)
		return r;
	for (unsigned int i = 0; i < function->methods.count; i++) {
		const char *method = function->methods.names[i];

		if (nests(function, method) != nesting ||
		    !filter_wants_method(planner->options->filter, method))
			continue;
		++*planned;
		r = plan_method(planner, scenario, function, method);
		if (r < 0)
			return r;
	}
	return 0;
}

static int skip_without_reset(struct planner *planner, enum scenario scenario,
			      const struct function *function)
{
	return add_skip(planner, scenario, function, "", "no-reset", "%s",
			function->methods_known == TRI_YES ? "no reset method is enabled"
							   : "it has no reset file");
}

static bool can_reset(const struct function *function)
{
	return function->has_reset && function->methods.count > 0;
}

int plan_single(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		const struct function *function = planner->candidates[i];
		unsigned int planned = 0;
		int r;

		if (can_reset(function))
			r = plan_methods(planner, SCENARIO_SINGLE, function, false, &planned);
		else
			r = skip_without_reset(planner, SCENARIO_SINGLE, function);
		if (r < 0)
			return r;
	}
	return 0;
}

static int plan_nested_function(struct planner *planner, const struct function *function)
{
	const char *closed = closed_gate(planner, function);
	unsigned int planned = 0;
	int r;

	if (closed)
		return add_skip(planner, SCENARIO_NESTED, function, "", closed, "%s",
				describe_gate(planner, function, closed));
	if (!can_reset(function))
		return skip_without_reset(planner, SCENARIO_NESTED, function);
	r = plan_methods(planner, SCENARIO_NESTED, function, true, &planned);
	if (r < 0 || planned > 0)
		return r;
	return add_skip(planner, SCENARIO_NESTED, function, "", "no-nesting-method",
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

/* Up to SUBJECTS_MAX functions of the group, each behind another lock, that offer @method. */
static size_t gather_siblings(const struct planner *planner, int group, const char *method,
			      const struct function *siblings[SUBJECTS_MAX])
{
	const struct method_info *info = method_info_find(method);
	size_t count = 0;

	for (size_t i = 0; i < planner->candidate_count && count < SUBJECTS_MAX; i++) {
		const struct function *function = planner->candidates[i];
		const char *key = function_lock_key(planner->snapshot, function);
		bool taken = false;

		if (function->group != group || !can_reset(function) ||
		    !method_list_has(&function->methods, method) ||
		    closed_gate(planner, function) || refuse_selecting(planner, function))
			continue;
		if (streq(method, "bus") && function->sbr_masked == TRI_YES)
			continue;
		if (info && info->resets_bus && refuse_bus_mate(planner, function))
			continue;
		for (size_t j = 0; j < count; j++)
			taken |= streq(function_lock_key(planner->snapshot, siblings[j]), key);
		if (!taken)
			siblings[count++] = function;
	}
	return count;
}

/* Long resets that concern one function alone overlap best. */
static const char *const sibling_methods[] = {
	"flr", "af_flr", "pm", "device_specific", "cxl_bus", "bus", "acpi",
};

static int plan_siblings_of_group(struct planner *planner, int group, bool *planned)
{
	const struct filter *filter = planner->options->filter;

	for (size_t i = 0; i < ARRAY_SIZE(sibling_methods); i++) {
		const struct function *siblings[SUBJECTS_MAX];
		size_t count;

		if (!filter_wants_method(filter, sibling_methods[i]))
			continue;
		count = gather_siblings(planner, group, sibling_methods[i], siblings);
		if (count < 2)
			continue;
		*planned = true;
		return add_step(planner, SCENARIO_SIBLINGS, sibling_methods[i], siblings, count);
	}
	return 0;
}

static int skip_sibling(struct planner *planner, const struct function *function)
{
	const char *closed = closed_gate(planner, function);

	if (closed)
		return add_skip(planner, SCENARIO_SIBLINGS, function, "", closed, "%s",
				describe_gate(planner, function, closed));
	if (!can_reset(function))
		return skip_without_reset(planner, SCENARIO_SIBLINGS, function);
	return add_skip(planner, SCENARIO_SIBLINGS, function, "", "no-sibling",
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
