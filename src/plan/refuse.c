// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/refuse.h"

#include <stdio.h>

#include "model/chipset.h"
#include "model/driver.h"
#include "model/nest.h"
#include "model/slug.h"
#include "plan/mates.h"

#define CLASS_USB4_HOST 0x0c0340 /* native host interface: Thunderbolt, USB4 */
#define FORCE "--force-in-use"
#define FORCE_LIFTS FORCE " lifts this for a function that is named."
#define VFS_LIFTS "--with-vfs lifts this for a function that is named, if nobody uses its VFs."

bool refuse(struct refusal *refusal, const struct function *function, const char *reason,
	    const char *text)
{
	*refusal = (struct refusal){0};
	snprintf(refusal->function, sizeof(refusal->function), "%s", function->bdf);
	snprintf(refusal->reason, sizeof(refusal->reason), "%s", reason);
	snprintf(refusal->text, sizeof(refusal->text), "%s", text);
	snprintf(refusal->override, sizeof(refusal->override), "%s", slug_find(reason)->remedy);
	return true;
}

static bool refuse_unless(struct refusal *refusal, const struct function *function,
			  const char *reason, const char *text, const char *lifts)
{
	size_t length;

	refuse(refusal, function, reason, text);
	length = strlen(refusal->override);
	snprintf(refusal->override + length, sizeof(refusal->override) - length, "%s%s",
		 length ? " " : "", lifts);
	return true;
}

static bool refuse_liftable(struct refusal *refusal, const struct function *function,
			    const char *reason, const char *text)
{
	return refuse_unless(refusal, function, reason, text, FORCE_LIFTS);
}

static bool is_named(const struct planner *planner, const struct function *function)
{
	return filter_names(planner->options->filter, function->bdf);
}

static bool is_forced(const struct planner *planner, const struct function *function)
{
	return planner->options->force_in_use && is_named(planner, function);
}

static bool is_lifted(const struct planner *planner, const struct function *function,
		      const struct use *use)
{
	/* Whoever forces what is said of a function need not know what its VFs are used for. */
	if (use->kind == USE_VFS)
		return planner->options->with_vfs && is_named(planner, function);
	return !use->vital && is_forced(planner, function);
}

/* The first use that stands. */
static const struct use *find_use(const struct planner *planner, const struct function *function)
{
	for (size_t i = 0; i < function->use_count; i++)
		if (!is_lifted(planner, function, &function->uses[i]))
			return &function->uses[i];
	return NULL;
}

static bool refuse_use(const struct planner *planner, const struct function *function,
		       struct refusal *refusal)
{
	const struct use *use = find_use(planner, function);

	if (!use)
		return false;
	if (use->vital)
		return refuse(refusal, function, use_kind_name(use->kind), use->what);
	return refuse_unless(refusal, function, use_kind_name(use->kind), use->what,
			     use->kind == USE_VFS ? VFS_LIFTS : FORCE_LIFTS);
}

static void describe_mate(const struct function *mate, char text[WHY_MAX])
{
	snprintf(text, WHY_MAX, "%s in group %d is in use: %.180s", mate->bdf, mate->group,
		 mate->uses[0].what);
}

static bool refuse_mate(const struct planner *planner, const struct function *function,
			struct refusal *refusal)
{
	const struct function *mate = mates_find_used(planner->mates, function);
	char text[WHY_MAX];

	if (!mate)
		return false;
	describe_mate(mate, text);
	return refuse_liftable(refusal, function, "group-mate-in-use", text);
}

static const char *describe_thunderbolt(const struct function *function)
{
	/* Before USB4 they had the class of any peripheral of the system. */
	if (function->class_code == CLASS_USB4_HOST || streq(function->driver, "thunderbolt"))
		return "it is a Thunderbolt or USB4 host interface";
	return function->untrusted == TRI_YES ? "it is below a port that leads out of the machine"
					      : NULL;
}

static bool refuse_chipset(const struct planner *planner, const struct function *function,
			   struct refusal *refusal)
{
	const char *role = function_chipset_role(function);
	char text[WHY_MAX];

	if (!role || is_named(planner, function))
		return false;
	snprintf(text, sizeof(text), "class %04x: it may be %s", function->class_code >> 8, role);
	return refuse(refusal, function, "chipset", text);
}

static bool refuse_driver(const struct planner *planner, const struct function *function,
			  struct refusal *refusal)
{
	char text[WHY_MAX];

	if (!function->driver[0] || planner->options->driver == DRIVER_UNBIND)
		return false;
	if (planner->options->driver == DRIVER_REFUSE) {
		snprintf(text, sizeof(text), "driver %s is bound", function->driver);
		return refuse(refusal, function, "driver-bound", text);
	}
	if (function_driver_bears_reset(function))
		return false;
	snprintf(text, sizeof(text), "driver %s%s%s is bound", function->driver,
		 function->virtio_driver[0] ? " with " : "", function->virtio_driver);
	return refuse(refusal, function, "no-reset-handler", text);
}

static bool refuse_host_of_others(const struct function *function, struct refusal *refusal)
{
	char text[WHY_MAX];

	snprintf(text, sizeof(text), "%s hangs off it", function->below);
	return refuse(refusal, function, "functions-below", text);
}

bool refuse_function(const struct planner *planner, const struct function *function,
		     struct refusal *refusal)
{
	const bool forced = is_forced(planner, function);
	const char *thunderbolt = describe_thunderbolt(function);

	if (function->is_bridge)
		return refuse(refusal, function, "bridge", "bridges are never reset");
	if (function->below[0])
		return refuse_host_of_others(function, refusal);
	if (refuse_use(planner, function, refusal) || refuse_vfs(planner, function, refusal))
		return true;
	if (!forced && refuse_mate(planner, function, refusal))
		return true;
	if (!forced && thunderbolt)
		return refuse_liftable(refusal, function, "thunderbolt", thunderbolt);
	return refuse_chipset(planner, function, refusal) ||
	       refuse_driver(planner, function, refusal) || refuse_host(planner, function, refusal);
}

static int warn_of_lifted(struct planner *planner, const struct function *function,
			  const char *option, const char *reason, const char *text)
{
	return plan_warn(planner->plan, "%s: %s overrode: %s: %s", function->bdf, option, reason,
			 text);
}

/* What concerns more than the function itself. */
static int warn_of_forced(struct planner *planner, const struct function *function)
{
	const struct function *mate = mates_find_used(planner->mates, function);
	const char *thunderbolt = describe_thunderbolt(function);
	char text[WHY_MAX];
	int r = 0;

	if (mate) {
		describe_mate(mate, text);
		r = warn_of_lifted(planner, function, FORCE, "group-mate-in-use", text);
	}
	return r == 0 && thunderbolt
		       ? warn_of_lifted(planner, function, FORCE, "thunderbolt", thunderbolt)
		       : r;
}

int refuse_warn_of_lifted(struct planner *planner, const struct function *function)
{
	int r = 0;

	for (size_t i = 0; i < function->use_count && r == 0; i++)
		r = warn_of_lifted(planner, function,
				   function->uses[i].kind == USE_VFS ? "--with-vfs" : FORCE,
				   use_kind_name(function->uses[i].kind), function->uses[i].what);
	return r == 0 && is_forced(planner, function) ? warn_of_forced(planner, function) : r;
}

static bool mate_stands_against(const struct planner *planner, const struct function *mate)
{
	/* VFs are looked after where their PF itself is what is reset. */
	return mate->is_bridge || mate->below[0] || function_has_vfs(mate) ||
	       find_use(planner, mate) ||
	       (function_chipset_role(mate) && !is_named(planner, mate)) ||
	       (mate->driver[0] &&
		(planner->options->driver != DRIVER_KEEP || !function_driver_bears_reset(mate)));
}

const struct function *refuse_bus_mate(const struct planner *planner,
				       const struct function *function)
{
	size_t count;
	const struct function *const *below =
		mates_below(planner->mates, function->upstream, &count);

	for (size_t i = 0; i < count; i++)
		if (below[i] != function && mate_stands_against(planner, below[i]))
			return below[i];
	return NULL;
}

bool refuse_selecting(const struct planner *planner, const struct function *function)
{
	return function->use_count > 0 && function->driver[0] && !planner->unaffected &&
	       function->methods.count > 1 && function_selecting_blocks(function) &&
	       function_gate_open(planner->snapshot, function) != TRI_NO;
}

bool refuse_probing(const struct planner *planner, const struct function *function)
{
	return function->use_count > 0 ||
	       (function->driver[0] && planner->options->driver != DRIVER_UNBIND);
}
