/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reset changed in a configuration space, register by register. */
#ifndef JUDGE_CONFIG_SPACE_H
#define JUDGE_CONFIG_SPACE_H

#include "base/attr.h"
#include "model/evidence.h"
#include "model/verdict.h"

/*
 * Adds each register of @function that differs to result->registers, by the table in
 * config_registers.c. @driven: a driver was bound, and may have written what is its own. "Length"
 * is how much of the space answers, in bytes; more than before is no difference. Nothing is
 * compared with a space that was not readable. Returns 0 or -ENOMEM. Pure.
 */
int config_compare(struct step_result *result, const char *function,
		   const struct config_space *before, const struct config_space *after,
		   bool driven) _must_check_;

#endif
