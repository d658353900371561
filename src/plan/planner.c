// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/planner.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/array.h"
#include "model/nest.h"
#include "plan/refuse.h"

int planner_add_step(struct planner *planner, enum scenario scenario, const char *method,
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

struct plan_step *planner_last_step(const struct planner *planner)
{
	return &planner->plan->steps[planner->plan->step_count - 1];
}

int planner_add_skip(struct planner *planner, enum scenario scenario,
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
const char *planner_closed_gate(const struct planner *planner, const struct function *function)
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

int planner_skip_gate(struct planner *planner, enum scenario scenario,
		      const struct function *function, const char *closed)
{
	return planner_add_skip(planner, scenario, function, "", closed, "%s",
				describe_gate(planner, function, closed));
}

static bool is_on_bus_of(const struct function *other, const struct function *function)
{
	size_t length = (size_t)(strrchr(function->bdf, ':') - function->bdf) + 1;

	return other != function && strncmp(other->bdf, function->bdf, length) == 0;
}

/*
 * pci_parent_bus_reset() has none for functions that share a bus. Where two of a bus list it, the
 * kernel does not ask that when it is given the name: up to 7.0.10 below a CXL port that masks it.
 */
static bool shares_bus(const struct planner *planner, const struct function *function)
{
	bool shares = false;
	size_t count;
	const struct function *const *below =
		mates_below(planner->mates, function->upstream, &count);

	for (size_t i = 0; i < count; i++) {
		if (!is_on_bus_of(below[i], function))
			continue;
		if (method_list_has(&below[i]->methods, "bus"))
			return false;
		shares = true;
	}
	return shares;
}

bool planner_list_would_shrink(const struct planner *planner, const struct function *function,
			       const char *method)
{
	const bool has_vfs = function_has_vfs(function);

	if (streq(function->methods.text, method) || (!has_vfs && !shares_bus(planner, function)))
		return false;
	for (unsigned int i = 0; i < function->methods.count; i++) {
		const struct method_info *info = method_info_find(function->methods.names[i]);

		if (!info || streq(info->name, "bus") || (has_vfs && info->resets_bus))
			return true;
	}
	return false;
}

const struct function *planner_list_mate(const struct planner *planner,
					 const struct function *function)
{
	for (unsigned int i = 0; i < function->methods.count; i++) {
		const struct method_info *info = method_info_find(function->methods.names[i]);

		if (!info || (info->resets_bus &&
			      (function_has_vfs(function) || !shares_bus(planner, function))))
			return refuse_bus_mate(planner, function);
	}
	return NULL;
}

/* What stands first is tried first, and the kernel goes on only where the function lacks it. */
static int add_as_listed(struct planner *planner, enum scenario scenario,
			 const struct function *function, const char *method)
{
	const struct function *mate = planner_list_mate(planner, function);
	int r;

	if (!streq(function->methods.names[0], method))
		return planner_add_skip(planner, scenario, function, method, "list-not-kept",
					"of \"%s\" it is not the first", function->methods.text);
	if (mate)
		return planner_add_skip(planner, scenario, function, method, "bus-mate-in-use",
					"another method that is listed would reset %s as well",
					mate->bdf);
	r = planner_add_step(planner, scenario, method, &function, 1);
	if (r == 0)
		planner_last_step(planner)->as_listed = true;
	return r;
}

/* Adds the step, unless a rule of the machine or a neighbour stands against the method. */
static int add_method(struct planner *planner, enum scenario scenario,
		      const struct function *function, const char *method)
{
	const struct method_info *info = method_info_find(method);

	if (streq(method, "bus") && function->sbr_masked == TRI_YES)
		return planner_add_skip(planner, scenario, function, method, "sbr-masked",
					"the CXL port %s masks secondary bus resets",
					function->upstream);
	if (planner_list_would_shrink(planner, function, method))
		return add_as_listed(planner, scenario, function, method);
	if (refuse_selecting(planner, function))
		return planner_add_skip(
			planner, scenario, function, method, "selecting-unsafe",
			"writing reset_method would take the DMA of a function in use away");
	/* A method that nobody knows may reach as far. */
	if (!info || info->resets_bus) {
		const struct function *mate = refuse_bus_mate(planner, function);

		if (mate)
			return planner_add_skip(planner, scenario, function, method,
						"bus-mate-in-use", "it would reset %s as well",
						mate->bdf);
	}
	return planner_add_step(planner, scenario, method, &function, 1);
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
		r = planner_add_skip(planner, scenario, function, method, "method-not-listed",
				     "reset_method offers \"%s\"", function->methods.text);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Plans the methods that nest, or those that do not; *planned counts what was asked for. */
int planner_add_methods(struct planner *planner, enum scenario scenario,
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
		r = add_method(planner, scenario, function, method);
		if (r < 0)
			return r;
	}
	return 0;
}

bool planner_can_overlap(const struct planner *planner, const struct function *function,
			 const char *method)
{
	const struct method_info *info = method_info_find(method);

	if (!planner_can_reset(function) || !method_list_has(&function->methods, method) ||
	    planner_closed_gate(planner, function) || refuse_selecting(planner, function) ||
	    planner_list_would_shrink(planner, function, method))
		return false;
	if (streq(method, "bus") && function->sbr_masked == TRI_YES)
		return false;
	return !info || !info->resets_bus || !refuse_bus_mate(planner, function);
}

const char *planner_overlap_method(size_t index)
{
	/* Long resets that concern one function alone overlap best. */
	static const char *const methods[] = {
		"flr", "af_flr", "pm", "device_specific", "cxl_bus", "bus", "acpi",
	};

	return index < ARRAY_SIZE(methods) ? methods[index] : NULL;
}

int planner_skip_without_reset(struct planner *planner, enum scenario scenario,
			       const struct function *function)
{
	return planner_add_skip(planner, scenario, function, "", "no-reset", "%s",
				function->methods_known == TRI_YES ? "no reset method is enabled"
								   : "it has no reset file");
}

bool planner_can_reset(const struct function *function)
{
	return function->has_reset && function->methods.count > 0;
}
