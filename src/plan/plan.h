/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides what a run would do on a machine, and why it leaves the rest alone. Pure: a snapshot goes
 * in, nothing is read or written.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/attr.h"
#include "model/facts.h"
#include "model/filter.h"
#include "model/plan.h"

/* What to do with a function that has a driver. */
enum driver_mode {
	DRIVER_REFUSE, /* leave it alone */
	DRIVER_KEEP,   /* reset it under the driver */
	DRIVER_UNBIND, /* take the driver off for each step, and bind it again */
};

struct plan_options {
	const struct filter *filter;
	bool scenarios[SCENARIO_COUNT]; /* which are wanted */
	enum driver_mode driver;
	unsigned int jobs; /* steps that may run as one, at the same time; 0: 1 */
	bool with_traffic; /* idle network interfaces may be brought up to send frames */
	bool force_in_use; /* functions named one by one are reset although they are in use */
	bool with_vfs;	   /* PFs named one by one are reset although they have VFs */
};

/*
 * Plans for the selected functions. @plan must be zeroed; it borrows @snapshot and @options; freed
 * by plan_free(). Returns 0 or -ENOMEM. Pure.
 */
int plan_make(const struct snapshot *snapshot, const struct kernel_facts *facts,
	      const struct plan_options *options, struct plan *plan) _must_check_;

/*
 * Whether the functions of @step may still be reset by what @now says. Returns 1 with @refusal
 * filled when one may not, 0 when all may, or -ENOMEM. Pure.
 */
int plan_recheck(const struct snapshot *now, const struct kernel_facts *facts,
		 const struct plan_options *options, const struct plan_step *step,
		 struct refusal *refusal) _must_check_;

#endif
