// SPDX-License-Identifier: GPL-2.0-or-later
/* Resets through VFIO, which takes the whole group of a function for as long as that lasts. */
#include "plan/scenarios.h"

#define HOT_RESET "hot_reset"

static int skip(struct planner *planner, const struct function *function, const char *method,
		const char *reason, const char *text)
{
	return planner_add_skip(planner, SCENARIO_VFIO, function, method, reason, "%s", text);
}

/* The first thing that has to be loaded, NULL when nothing is missing. */
static const char *find_missing(const struct host *host)
{
	if (!host->vfio_pci)
		return "vfio-pci is not loaded: there is no /sys/bus/pci/drivers/vfio-pci";
	if (!host->vfio)
		return "there is no /dev/vfio/vfio";
	if (!host->vfio_type1)
		return "vfio_iommu_type1 is not loaded: there is no /sys/module/vfio_iommu_type1";
	return NULL;
}

/* One of the group that the kernel would not let VFIO have: bridges are no matter. */
static const struct function *find_driven(const struct planner *planner,
					  const struct function *function)
{
	for (size_t i = 0; i < planner->snapshot->function_count; i++) {
		const struct function *other = &planner->snapshot->functions[i];

		if (other->group != function->group || other->is_bridge || !other->driver[0])
			continue;
		if (other == function ? planner->options->driver != DRIVER_UNBIND
				      : !streq(other->driver, VFIO_PCI))
			return other;
	}
	return NULL;
}

static const struct function *find_used(const struct planner *planner,
					const struct function *function)
{
	return function->use_count ? function : mates_find_used(planner->mates, function);
}

/* It is reset by whatever method comes first when it is opened, and by its bus when asked. */
static int add_hot(struct planner *planner, const struct function *function)
{
	size_t count = 0;
	struct plan_step *step;
	int r;

	mates_below(planner->mates, function->upstream, &count);
	if (!function->upstream[0])
		return skip(planner, function, HOT_RESET, "no-reset",
			    "it is on a root bus, which nothing can reset");
	if (count != 1)
		return skip(planner, function, HOT_RESET, "hot-reset-mates",
			    "it would reset others behind the same bridge as well");
	if (function->sbr_masked == TRI_YES)
		return planner_add_skip(planner, SCENARIO_VFIO, function, HOT_RESET, "sbr-masked",
					"the CXL port %s masks secondary bus resets",
					function->upstream);
	r = planner_add_step(planner, SCENARIO_VFIO, HOT_RESET, &function, 1);
	if (r < 0)
		return r;
	step = planner_last_step(planner);
	step->hot = true;
	return 0;
}

static int add_steps(struct planner *planner, const struct function *function)
{
	const struct filter *filter = planner->options->filter;
	size_t first = planner->plan->step_count;
	unsigned int planned = 0;
	int r = planner_add_methods(planner, SCENARIO_VFIO, function, false, &planned);
	if (r == 0)
		r = planner_add_methods(planner, SCENARIO_VFIO, function, true, &planned);
	/* It is none of the methods that can be asked for. */
	if (r == 0 && filter->method_count == 0)
		r = add_hot(planner, function);
	for (size_t i = first; i < planner->plan->step_count; i++)
		planner->plan->steps[i].vfio = true;
	return r;
}

static int give_to_vfio(struct planner *planner, const struct function *function)
{
	const char *missing = find_missing(&planner->snapshot->host);
	const struct function *driven = find_driven(planner, function);
	const struct function *used = find_used(planner, function);

	if (!planner_can_reset(function))
		return planner_skip_without_reset(planner, SCENARIO_VFIO, function);
	if (missing)
		return skip(planner, function, "", "no-vfio", missing);
	if (function->group == NO_GROUP)
		return planner_skip_gate(planner, SCENARIO_VFIO, function, "no-iommu");
	if (used)
		return planner_add_skip(planner, SCENARIO_VFIO, function, "", "group-in-use",
					"%s is in use: %.160s", used->bdf, used->uses[0].what);
	if (driven)
		return planner_add_skip(planner, SCENARIO_VFIO, function, "", "group-driven",
					"driver %s is bound to %s", driven->driver, driven->bdf);
	return add_steps(planner, function);
}

int plan_vfio(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		int r = give_to_vfio(planner, planner->candidates[i]);

		if (r < 0)
			return r;
	}
	return 0;
}
