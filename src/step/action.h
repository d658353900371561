/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a scenario does while it is observed: which of the planned writes, when, and beside what. */
#ifndef STEP_ACTION_H
#define STEP_ACTION_H

#include "step/execution.h"
#include "step/step.h"

/*
 * Called with drivers off and methods selected as planned, between the markers; changes_undo()
 * comes after it. Fills the subjects. What fails, hangs or is lost is evidence. Returns 0, or
 * -errno with x->failed set when nothing was written. Writes hardware.
 */
typedef int (*action_fn)(struct execution *x, const struct step_options *options);

/* By scenario. */
extern const action_fn step_actions[SCENARIO_COUNT];

/* Resets all functions of the step at once: what most scenarios do. */
int action_trigger(struct execution *x, const struct step_options *options) _must_check_;

#endif
