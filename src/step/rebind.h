/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The driver bound again for the reset alone, between selecting the method and putting it back. */
#ifndef STEP_REBIND_H
#define STEP_REBIND_H

#include "step/execution.h"

/* Binds the driver where the step resets under it. Returns whether it may go on. Writes hardware.
 */
bool rebind_driver(struct execution *x, size_t index);

/*
 * Takes it off again, unless somebody has taken the function into use. Returns whether nothing is
 * bound now, or nothing was to be taken off. Writes hardware.
 */
bool rebind_release(struct execution *x, size_t index);

#endif
