/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which functions can be reset at the same time without meeting each other. Pure. */
#ifndef PLAN_INDEPENDENT_H
#define PLAN_INDEPENDENT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/snapshot.h"

/*
 * Whether resets of @a and @b take no lock of each other, concern no common group, and neither
 * resets a bus that the other is somewhere below.
 */
bool independent(const struct snapshot *snapshot, const struct function *a,
		 const struct function *b);

/* The same for @function and each of @others. */
bool independent_of_all(const struct snapshot *snapshot, const struct function *function,
			const struct function *const *others, size_t count);

#endif
