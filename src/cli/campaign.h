/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All steps of a plan, one after the other, as often as asked for. */
#ifndef CLI_CAMPAIGN_H
#define CLI_CAMPAIGN_H

#include "base/attr.h"
#include "base/root.h"
#include "cli/ledger.h"
#include "cli/rounds.h"
#include "model/evidence.h"
#include "model/plan.h"
#include "model/snapshot.h"
#include "step/step.h"

/* All of it is borrowed. */
struct campaign {
	const struct root *root;
	const struct snapshot *snapshot;
	const struct plan *plan;
	struct step_options step;
	struct rounds_options rounds;
};

/*
 * Runs the steps until the rounds are done, one hangs, or a signal was caught, and hands each to
 * @ledger. The machine is as before when it returns, but for the functions whose reset has not
 * returned (step.late). Returns 0, 1 when something is left changed all the same, of which a
 * warning of @run tells, or -errno when a step could not be carried out; @failed then names the
 * path. Writes hardware.
 */
int campaign_run(const struct campaign *campaign, struct run_evidence *run, struct ledger *ledger,
		 char failed[WHY_MAX]) _must_check_;

#endif
