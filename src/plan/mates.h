/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which functions share a group or a bus, found fast on machines with thousands. */
#ifndef PLAN_MATES_H
#define PLAN_MATES_H

#include "model/snapshot.h"

struct mates;

/* The caller frees with mates_free(); the snapshot is borrowed. NULL when memory is short. */
struct mates *mates_new(const struct snapshot *snapshot);
void mates_free(struct mates *mates);

/*
 * Another function of the same group that is in use; NULL when there is none. A PF is not, to its
 * own VFs, because it has them.
 */
const struct function *mates_find_used(const struct mates *mates, const struct function *function);

/* The functions right below the bridge, *count of them; none for a root bus (""). */
const struct function *const *mates_below(const struct mates *mates, const char *bridge,
					  size_t *count);

#endif
