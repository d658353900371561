/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a step that went wrong means for the steps after it. Pure. */
#ifndef CLI_FALLOUT_H
#define CLI_FALLOUT_H

#include "model/evidence.h"
#include "model/plan.h"

/*
 * Why a planned step must not run after those in @run, as a slug: a function of it is gone, or a
 * reset hangs that holds its bridge or its group. NULL when nothing stands against it.
 */
const char *fallout_reason(const struct snapshot *snapshot, const struct run_evidence *run,
			   const struct plan_step *planned);

/*
 * Why the run ends after its last step, a sentence; NULL when it may go on. A driver that could
 * not be bound again always ends it, a hung reset unless @on_hang_continue.
 */
const char *fallout_end(const struct step_evidence *step, bool on_hang_continue);

#endif
