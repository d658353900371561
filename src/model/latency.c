// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/latency.h"

#include <errno.h>
#include <stdlib.h>

/* Buckets of an octave; the first octave has buckets of one unit each. */
#define BUCKET_BITS 5
#define BUCKETS (1U << BUCKET_BITS)
/* The unit is 2^10 ns: nothing that is measured here is finer. */
#define UNIT_BITS 10
/* What takes longer than 2^47 ns (39 hours) counts as that long. */
#define UNITS_MAX ((1ULL << (BUCKET_BITS + LATENCY_OCTAVES - 1)) - 1)

struct place {
	unsigned int octave, bucket;
};

static struct place place_of(uint64_t duration_ns)
{
	uint64_t units = duration_ns >> UNIT_BITS;
	unsigned int shift;

	if (units > UNITS_MAX)
		units = UNITS_MAX;
	if (units < BUCKETS)
		return (struct place){0, (unsigned int)units};
	shift = 63 - (unsigned int)__builtin_clzll(units) - BUCKET_BITS;
	return (struct place){shift + 1, (unsigned int)(units >> shift) - BUCKETS};
}

/* The middle of a bucket. */
static uint64_t middle_ns(struct place place)
{
	unsigned int shift = place.octave ? place.octave - 1 : 0;
	uint64_t units = place.octave ? place.bucket + BUCKETS : place.bucket;

	return (units << (shift + UNIT_BITS)) + (1ULL << (shift + UNIT_BITS - 1));
}

int latency_add(struct latency *latency, uint64_t duration_ns)
{
	struct place place = place_of(duration_ns);
	uint64_t **octave = &latency->octaves[place.octave];

	if (!*octave)
		*octave = calloc(BUCKETS, sizeof(**octave));
	if (!*octave)
		return -ENOMEM;
	(*octave)[place.bucket]++;
	if (latency->count == 0 || duration_ns < latency->min_ns)
		latency->min_ns = duration_ns;
	if (duration_ns > latency->max_ns)
		latency->max_ns = duration_ns;
	latency->sum_ns += duration_ns;
	latency->count++;
	return 0;
}

/* The bucket of the one that has @rank - 1 before it. */
static struct place place_of_rank(const struct latency *latency, uint64_t rank)
{
	uint64_t seen = 0;

	for (unsigned int i = 0; i < LATENCY_OCTAVES; i++)
		for (unsigned int j = 0; latency->octaves[i] && j < BUCKETS; j++) {
			seen += latency->octaves[i][j];
			if (seen >= rank)
				return (struct place){i, j};
		}
	return (struct place){LATENCY_OCTAVES - 1, BUCKETS - 1};
}

uint64_t latency_quantile_ns(const struct latency *latency, unsigned int permille)
{
	uint64_t whole = latency->count / 1000, rest = latency->count % 1000;
	uint64_t rank = whole * permille + (rest * permille + 999) / 1000;
	uint64_t value;

	if (latency->count == 0)
		return 0;
	if (rank <= 1)
		return latency->min_ns;
	if (rank >= latency->count)
		return latency->max_ns;
	value = middle_ns(place_of_rank(latency, rank));
	if (value < latency->min_ns)
		return latency->min_ns;
	return value > latency->max_ns ? latency->max_ns : value;
}

uint64_t latency_count_to(const struct latency *latency, uint64_t duration_ns)
{
	uint64_t seen = 0;

	if (duration_ns >= latency->max_ns)
		return latency->count;
	if (duration_ns < latency->min_ns)
		return 0;
	for (unsigned int i = 0; i < LATENCY_OCTAVES; i++)
		for (unsigned int j = 0; latency->octaves[i] && j < BUCKETS; j++)
			if (middle_ns((struct place){i, j}) <= duration_ns)
				seen += latency->octaves[i][j];
	return seen;
}

void latency_clear(struct latency *latency)
{
	for (unsigned int i = 0; i < LATENCY_OCTAVES; i++)
		free(latency->octaves[i]);
	*latency = (struct latency){0};
}
