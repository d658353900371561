// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/background.h"

#include <errno.h>

#include "base/array.h"

const char background_more[] = "more";

static bool is_like(const struct background *a, const struct background *b)
{
	return a->pid == b->pid && streq(a->kind, b->kind) && streq(a->function, b->function) &&
	       streq(a->symbol, b->symbol);
}

int background_add(struct background **list, size_t *count, const struct background *one)
{
	const struct background more = {.pid = -1, .kind = background_more, .events = one->events};
	const struct background *wanted = one;
	struct background *added;

	for (int tries = 0; tries < 2; tries++) {
		for (size_t i = 0; i < *count; i++)
			if (is_like(&(*list)[i], wanted)) {
				(*list)[i].events += one->events;
				return 0;
			}
		if (*count + 1 < BACKGROUND_MAX)
			break;
		wanted = &more;
	}
	added = ARRAY_APPEND(*list, *count);
	if (!added)
		return -ENOMEM;
	*added = *wanted;
	return 0;
}
