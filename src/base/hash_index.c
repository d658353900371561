// SPDX-License-Identifier: GPL-2.0-or-later
/* Open addressing, at most half full; hashes are FNV-1a. */
#include "base/hash_index.h"

#include <errno.h>
#include <stdlib.h>

#define PRIME 1099511628211ULL
#define CAPACITY_MIN 16

uint64_t hash_text(uint64_t seed, const char *text)
{
	/* The end counts as well: "ab", "c" is not "a", "bc". */
	for (;; text++) {
		seed = (seed ^ (unsigned char)*text) * PRIME;
		if (!*text)
			return seed;
	}
}

static size_t first_slot(const struct hash_index *index, uint64_t hash)
{
	return (size_t)(hash ^ hash >> 32) & (index->capacity - 1);
}

size_t hash_index_find(const struct hash_index *index, uint64_t hash,
		       bool (*is)(const void *context, size_t place), const void *context)
{
	if (index->capacity == 0)
		return HASH_NONE;
	for (size_t i = first_slot(index, hash);; i = (i + 1) & (index->capacity - 1)) {
		const struct hash_slot *slot = &index->slots[i];

		if (!slot->place)
			return HASH_NONE;
		if (slot->hash == hash && is(context, slot->place - 1))
			return slot->place - 1;
	}
}

static void put(struct hash_index *index, struct hash_slot slot)
{
	size_t i = first_slot(index, slot.hash);

	while (index->slots[i].place)
		i = (i + 1) & (index->capacity - 1);
	index->slots[i] = slot;
}

static int grow(struct hash_index *index)
{
	struct hash_index grown = {.capacity = index->capacity ? index->capacity * 2 : CAPACITY_MIN,
				   .count = index->count};

	grown.slots = calloc(grown.capacity, sizeof(*grown.slots));
	if (!grown.slots)
		return -ENOMEM;
	for (size_t i = 0; i < index->capacity; i++)
		if (index->slots[i].place)
			put(&grown, index->slots[i]);
	free(index->slots);
	*index = grown;
	return 0;
}

int hash_index_add(struct hash_index *index, uint64_t hash, size_t place)
{
	int r = index->count < index->capacity / 2 ? 0 : grow(index);

	if (r < 0)
		return r;
	put(index, (struct hash_slot){hash, place + 1});
	index->count++;
	return 0;
}

void hash_index_clear(struct hash_index *index)
{
	free(index->slots);
	*index = (struct hash_index){0};
}
