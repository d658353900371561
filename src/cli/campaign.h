/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All steps of a plan, one after the other, into the evidence of a run. */
#ifndef CLI_CAMPAIGN_H
#define CLI_CAMPAIGN_H

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"
#include "model/snapshot.h"
#include "model/plan.h"
#include "step/step.h"

/*
 * Fills in what is known before the first step: tool, time, host, facts, refusals, skips and
 * warnings. @run must be zeroed. Returns 0 or -errno.
 */
int campaign_head(const struct snapshot *snapshot, const struct kernel_facts *facts,
		  const struct plan *plan, struct run_evidence *run) _must_check_;

/*
 * Runs the steps until they are done, one hangs, or a signal was caught. The machine is as before
 * when it returns, but for what a hung reset holds. Returns 0, or -errno when a step could not be
 * carried out; @failed then names the path. Writes hardware.
 */
int campaign_run(const struct root *root, const struct snapshot *snapshot, const struct plan *plan,
		 const struct step_options *options, struct run_evidence *run,
		 char failed[WHY_MAX]) _must_check_;

#endif
