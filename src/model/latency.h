/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long things took, as a histogram of bounded size: buckets of 1/32 of a power of two. Minimum
 * and maximum are exact, other quantiles are off by at most 1/64 (1.6 %) or half a microsecond.
 */
#ifndef MODEL_LATENCY_H
#define MODEL_LATENCY_H

#include <stdint.h>

#include "base/attr.h"

#define LATENCY_OCTAVES 33

/* Zeroed it is empty. Octaves are allocated when something falls into them. */
struct latency {
	uint64_t count;
	uint64_t min_ns, max_ns; /* 0 when empty */
	uint64_t sum_ns;
	uint64_t *octaves[LATENCY_OCTAVES];
};

/* Returns 0 or -ENOMEM with nothing changed. */
int latency_add(struct latency *latency, uint64_t duration_ns) _must_check_;

/*
 * The duration that @permille of all do not exceed (nearest rank): 500 is the median. 0 when empty.
 * Pure.
 */
uint64_t latency_quantile_ns(const struct latency *latency, unsigned int permille);

/* How many took @duration_ns at most, as exactly as the buckets tell. Pure. */
uint64_t latency_count_to(const struct latency *latency, uint64_t duration_ns);

/* Frees what it points to and empties it. */
void latency_clear(struct latency *latency);

#endif
