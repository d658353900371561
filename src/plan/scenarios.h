/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenarios: which steps each makes of the functions that may be reset. */
#ifndef PLAN_SCENARIOS_H
#define PLAN_SCENARIOS_H

#include "plan/mates.h"
#include "plan/plan.h"

/* @candidates are selected and may be reset. */
struct planner {
	const struct snapshot *snapshot;
	const struct plan_options *options;
	bool unaffected; /* the kernel has no prepare/done: gates do not matter */
	struct mates *mates;
	const struct function **candidates;
	size_t candidate_count;
	struct plan *plan;
};


/* Each adds its steps and skips to the plan. Returns 0 or -ENOMEM. */
int plan_single(struct planner *planner) _must_check_;
int plan_nested(struct planner *planner) _must_check_;
int plan_siblings(struct planner *planner) _must_check_;

#endif
