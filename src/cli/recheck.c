// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/recheck.h"

#include <time.h>

#include "plan/plan.h"
#include "snapshot/again.h"

/* Whoever looks at new devices (udev, mdadm, LVM) has them open for a moment after a bind. */
#define SETTLE_TRIES 20
#define SETTLE_MS 200

static bool may_pass(const struct refusal *refusal)
{
	return streq(refusal->reason, "open") || streq(refusal->reason, "held") ||
	       streq(refusal->reason, "group-mate-in-use");
}

static int look_again(const struct root *root, const struct snapshot *then, const struct plan *plan,
		      const struct kernel_facts *facts, const struct plan_step *step,
		      struct openless *openless, struct refusal *refusal)
{
	_cleanup_snapshot_ struct snapshot now = {0};
	int r = snapshot_look_again(root, then, step->functions, step->function_count, openless,
				    &now);

	return r < 0 ? r : plan_recheck(&now, facts, plan->options, step, refusal);
}

int recheck_step(const struct root *root, const struct snapshot *then, const struct plan *plan,
		 const struct kernel_facts *facts, const struct plan_step *step,
		 struct openless *openless, struct refusal *refusal)
{
	const struct timespec pause = {.tv_nsec = SETTLE_MS * 1000000L};
	int r = look_again(root, then, plan, facts, step, openless, refusal);

	for (int i = 0; i < SETTLE_TRIES && r > 0 && may_pass(refusal); i++) {
		nanosleep(&pause, NULL);
		r = look_again(root, then, plan, facts, step, openless, refusal);
	}
	return r;
}
