// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/recheck.h"

#include <time.h>

#include "plan/plan.h"
#include "snapshot/build.h"

/* Whoever looks at new devices (udev, mdadm, LVM) has them open for a moment after a bind. */
#define SETTLE_TRIES 20
#define SETTLE_MS 200

static bool may_pass(const struct refusal *refusal)
{
	return streq(refusal->reason, "open") || streq(refusal->reason, "held") ||
	       streq(refusal->reason, "group-mate-in-use");
}

/*
 * That a function without a driver still has none, the step itself makes sure of; a virtual machine
 * may have been given another function of its group meanwhile.
 */
static bool may_have_come_into_use(const struct snapshot *then, const struct function *function)
{
	if (function->driver[0])
		return true;
	for (size_t i = 0; function->group != NO_GROUP && i < then->function_count; i++)
		if (then->functions[i].group == function->group && !then->functions[i].is_bridge &&
		    !streq(then->functions[i].bdf, function->bdf))
			return true;
	return false;
}

static int look_again(const struct root *root, const struct snapshot *then, const struct plan *plan,
		      const struct kernel_facts *facts, const struct plan_step *step,
		      struct refusal *refusal)
{
	_cleanup_snapshot_ struct snapshot now = {0};
	int r = snapshot_look_again(root, then, step->functions, step->function_count, &now);

	return r < 0 ? r : plan_recheck(&now, facts, plan->options, step, refusal);
}

int recheck_step(const struct root *root, const struct snapshot *then, const struct plan *plan,
		 const struct kernel_facts *facts, const struct plan_step *step,
		 struct refusal *refusal)
{
	const struct timespec pause = {.tv_nsec = SETTLE_MS * 1000000L};
	bool needed = false;
	int r;

	for (size_t i = 0; i < step->function_count; i++)
		needed |= may_have_come_into_use(then, step->functions[i]);
	if (!needed)
		return 0;
	r = look_again(root, then, plan, facts, step, refusal);
	for (int i = 0; i < SETTLE_TRIES && r > 0 && may_pass(refusal); i++) {
		nanosleep(&pause, NULL);
		r = look_again(root, then, plan, facts, step, refusal);
	}
	return r;
}
