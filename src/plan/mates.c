// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/mates.h"

/* @used are those in use, by group; @below are those not on a root bus, by the bridge above. */
struct mates {
	const struct function **used, **below;
	size_t used_count, below_count;
};

static int compare_groups(const void *a, const void *b)
{
	const struct function *one = *(const struct function *const *)a;
	const struct function *other = *(const struct function *const *)b;

	if (one->group != other->group)
		return one->group < other->group ? -1 : 1;
	return (one > other) - (one < other);
}

static int compare_bridges(const void *a, const void *b)
{
	const struct function *one = *(const struct function *const *)a;
	const struct function *other = *(const struct function *const *)b;
	int order = strcmp(one->upstream, other->upstream);

	return order ? order : (one > other) - (one < other);
}

static void fill(struct mates *mates, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct function *function = &snapshot->functions[i];

		if (function->use_count && function->group != NO_GROUP)
			mates->used[mates->used_count++] = function;
		if (function->upstream[0])
			mates->below[mates->below_count++] = function;
	}
	if (mates->used_count)
		qsort(mates->used, mates->used_count, sizeof(struct function *), compare_groups);
	if (mates->below_count)
		qsort(mates->below, mates->below_count, sizeof(struct function *), compare_bridges);
}

struct mates *mates_new(const struct snapshot *snapshot)
{
	struct mates *mates = calloc(1, sizeof(*mates));

	if (!mates)
		return NULL;
	mates->used = calloc(snapshot->function_count + 1, sizeof(struct function *));
	mates->below = calloc(snapshot->function_count + 1, sizeof(struct function *));
	if (!mates->used || !mates->below) {
		mates_free(mates);
		return NULL;
	}
	fill(mates, snapshot);
	return mates;
}

void mates_free(struct mates *mates)
{
	if (!mates)
		return;
	free(mates->used);
	free(mates->below);
	free(mates);
}

/* That a PF has VFs, whose own uses stand with them, is nothing to each of these. */
static bool concerns(const struct function *mate, const struct function *function)
{
	if (!streq(function->physfn, mate->bdf))
		return true;
	for (size_t i = 0; i < mate->use_count; i++)
		if (mate->uses[i].kind != USE_VFS)
			return true;
	return false;
}

const struct function *mates_find_used(const struct mates *mates, const struct function *function)
{
	size_t low = 0, high = mates->used_count;

	if (function->group == NO_GROUP)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (mates->used[middle]->group < function->group)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < mates->used_count && mates->used[low]->group == function->group; low++)
		if (mates->used[low] != function && concerns(mates->used[low], function))
			return mates->used[low];
	return NULL;
}

const struct function *const *mates_below(const struct mates *mates, const char *bridge,
					  size_t *count)
{
	size_t low = 0, high = mates->below_count;

	*count = 0;
	if (!bridge[0])
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(mates->below[middle]->upstream, bridge) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + *count < mates->below_count &&
	       streq(mates->below[low + *count]->upstream, bridge))
		++*count;
	return mates->below + low;
}
