/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may not be reset, and what would lift that. Fails closed. */
#ifndef PLAN_REFUSE_H
#define PLAN_REFUSE_H

#include "plan/planner.h"

/*
 * Decides whether @function may be reset at all. When not, @refusal is filled and true returned.
 * Pure.
 */
bool refuse_function(const struct planner *planner, const struct function *function,
		     struct refusal *refusal);

/* The part of that which the machine itself stands for. Pure. */
bool refuse_host(const struct planner *planner, const struct function *function,
		 struct refusal *refusal);

/* The part that its VFs stand for, if it has any. Pure. */
bool refuse_vfs(const struct planner *planner, const struct function *function,
		struct refusal *refusal);

/* Fills @refusal with the reason, the text and what lifts the reason; returns true. Pure. */
bool refuse(struct refusal *refusal, const struct function *function, const char *reason,
	    const char *text);

/* A warning for each refusal of the function that an option lifted. Returns 0 or -ENOMEM. */
int refuse_warn_of_lifted(struct planner *planner, const struct function *function) _must_check_;

/*
 * The function that a bus reset of @function would hit although it is in use or driven; NULL when
 * there is none. Pure.
 */
const struct function *refuse_bus_mate(const struct planner *planner,
				       const struct function *function);

/*
 * Whether reset_method must not be written: on kernels with prepare/done that would take the DMA of
 * a function away for a moment, and this one is known to be in use. Pure.
 */
bool refuse_selecting(const struct planner *planner, const struct function *function);

/* Whether names must not be written to reset_method for their own sake either, forced or not. Pure. */
bool refuse_probing(const struct planner *planner, const struct function *function);

#endif
