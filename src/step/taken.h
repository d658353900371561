/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has come into use by others while a step had it. */
#ifndef STEP_TAKEN_H
#define STEP_TAKEN_H

#include "step/execution.h"

/*
 * Whether somebody has taken the function of subject @index, or the interface that the step itself
 * brought up, into use since the step was planned; 0: it has none. What cannot be determined counts
 * as taken. Those who look at each new disk are waited for. Fills the subject's kept_for; once that
 * is set it stays so. Reads root.
 */
bool taken_by_others(struct execution *x, size_t index, int interface);

#endif
