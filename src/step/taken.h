/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has come into use by others while a step had it. */
#ifndef STEP_TAKEN_H
#define STEP_TAKEN_H

#include "step/execution.h"

/*
 * Whether somebody has taken the function of subject @index into use since the step was planned,
 * see taken_fn. Those who look at each new disk are waited for. Fills the subject's kept_for; once
 * that is set it stays so. Reads root.
 */
bool taken_by_others(struct execution *x, size_t index);

#endif
