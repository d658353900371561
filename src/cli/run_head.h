/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a run before its first step. */
#ifndef CLI_RUN_HEAD_H
#define CLI_RUN_HEAD_H

#include "base/attr.h"
#include "cli/ledger.h"
#include "model/evidence.h"
#include "model/plan.h"
#include "model/snapshot.h"

/*
 * Fills in tool, time, host, facts, refusals and warnings, tells the followers of @ledger that the
 * run begins, and hands it the steps that the plan leaves out. @run must be zeroed. Returns 0 or
 * -errno.
 */
int run_head(const struct snapshot *snapshot, const struct kernel_facts *facts,
	     const struct plan *plan, struct run_evidence *run, struct ledger *ledger) _must_check_;

/* Fills in what tells a function from others. */
void subject_name(struct subject *subject, const struct function *function);

#endif
