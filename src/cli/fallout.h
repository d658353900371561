/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a step that went wrong means for the steps after it. Pure. */
#ifndef CLI_FALLOUT_H
#define CLI_FALLOUT_H

#include "base/attr.h"
#include "model/evidence.h"
#include "model/plan.h"

struct casualty {
	char function[BDF_MAX];
	bool hung; /* its reset did not return; else it is gone */
};

/* The functions that steps took out. Zeroed it is empty; freed by fallout_free(). */
struct fallout {
	struct casualty *casualties;
	size_t count;
};

#define _cleanup_fallout_ _cleanup_(fallout_free)

/* Takes a step in. Returns 0 or -ENOMEM. */
int fallout_note(struct fallout *fallout, const struct step_evidence *step) _must_check_;

/*
 * Why a planned step must not run, as a slug: a function of it is gone, or a reset hangs that holds
 * its bridge or its group. NULL when nothing stands against it.
 */
const char *fallout_reason(const struct snapshot *snapshot, const struct fallout *fallout,
			   const struct plan_step *planned);

/*
 * Why the run ends after its last step, a sentence; NULL when it may go on. A driver that could
 * not be bound again always ends it, a hung reset unless @on_hang_continue.
 */
const char *fallout_end(const struct step_evidence *step, bool on_hang_continue);

/*
 * Whether the step left the machine other than it was and no reset is under way that explains it:
 * a driver off, or what came into use meanwhile and could not be made as before. fallout_end() has
 * a sentence for each.
 */
bool fallout_left(const struct step_evidence *step);

void fallout_free(struct fallout *fallout);

#endif
