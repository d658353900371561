// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/independent.h"

#include "base/attr.h"

#define DEPTH_MAX 256 /* there are no more buses in a domain, whatever a tree says */

/* Whether @function is below the bridge, however far. */
static bool is_below(const struct snapshot *snapshot, const struct function *function,
		     const char *bridge)
{
	if (!bridge[0])
		return false;
	for (unsigned int i = 0; function && i < DEPTH_MAX; i++) {
		if (streq(function->upstream, bridge))
			return true;
		function =
			function->upstream[0] ? snapshot_find(snapshot, function->upstream) : NULL;
	}
	return false;
}

bool independent(const struct snapshot *snapshot, const struct function *a,
		 const struct function *b)
{
	return a->group != NO_GROUP && b->group != NO_GROUP && a->group != b->group &&
	       !streq(function_lock_key(snapshot, a), function_lock_key(snapshot, b)) &&
	       !is_below(snapshot, a, b->upstream) && !is_below(snapshot, b, a->upstream);
}

bool independent_of_all(const struct snapshot *snapshot, const struct function *function,
			const struct function *const *others, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!independent(snapshot, function, others[i]))
			return false;
	return true;
}
