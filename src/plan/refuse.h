/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may not be reset, and what would lift that. Fails closed. */
#ifndef PLAN_REFUSE_H
#define PLAN_REFUSE_H

#include "plan/plan.h"

/*
 * Decides whether @function may be reset at all. When not, @refusal is filled and true returned.
 * @unaffected: the kernel has no prepare/done, so that it cannot warn about them. Pure.
 */
bool refuse_function(const struct snapshot *snapshot, const struct function *function,
		     bool with_driver, bool unaffected, struct refusal *refusal);

/*
 * The function that a bus reset of @function would hit although it is in use or driven; NULL when
 * there is none. Pure.
 */
const struct function *refuse_bus_mate(const struct snapshot *snapshot,
				       const struct function *function, bool with_driver);

#endif
