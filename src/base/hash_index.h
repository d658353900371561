/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index of a growing array: finds an element by its hash, without a look at all the others. */
#ifndef BASE_HASH_INDEX_H
#define BASE_HASH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

#define HASH_SEED 14695981039346656037ULL
#define HASH_NONE SIZE_MAX

struct hash_slot {
	uint64_t hash;
	size_t place; /* in the array, plus 1; 0: the slot is free */
};

/* Zeroed it is empty. It does not own what it finds. */
struct hash_index {
	struct hash_slot *slots;
	size_t capacity; /* 0 or a power of two */
	size_t count;
};

/* Hashes @text on top of @seed: HASH_SEED, or the hash of what came before. Pure. */
uint64_t hash_text(uint64_t seed, const char *text);

/* The place of this hash for which is(context, place) holds; HASH_NONE when there is none. */
size_t hash_index_find(const struct hash_index *index, uint64_t hash,
		       bool (*is)(const void *context, size_t place), const void *context);

/* Returns 0 or -ENOMEM with nothing changed. */
int hash_index_add(struct hash_index *index, uint64_t hash, size_t place) _must_check_;

/* Frees what it points to and empties it. */
void hash_index_clear(struct hash_index *index);

#endif
