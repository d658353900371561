/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps of functions that have nothing to do with each other, run at the same time. Pure. */
#ifndef PLAN_JOIN_H
#define PLAN_JOIN_H

#include "model/plan.h"

/*
 * Makes one step of up to @jobs steps that reset one function each, in the same scenario by the
 * same method. Others stay as they are.
 */
void join_steps(const struct snapshot *snapshot, unsigned int jobs, struct plan *plan);

#endif
