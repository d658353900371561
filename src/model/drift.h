/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether what is done again and again changes over time: how long resets take, and in how many
 * steps the kernel had to wait for a function. The first and the last DRIFT_WINDOW of each are
 * kept, whatever lies between.
 *
 * Resets are slower when the median of the last is more than 1.25 times that of the first, and
 * three of four of the last took longer than three of four of the first did: so neither single
 * outliers nor a device that has two speeds look like a trend. Waits are more when the last steps
 * with one outnumber the first by three standard deviations of such counts.
 */
#ifndef MODEL_DRIFT_H
#define MODEL_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

#define DRIFT_WINDOW 64UL

/* Zeroed it is empty. */
struct drift {
	uint64_t resets, steps;
	uint64_t *first_ns, *last_ns;	  /* of the resets; the last are in a ring */
	uint64_t first_waits, last_waits; /* of the steps, a bit each */
};

enum trend {
	TREND_UNKNOWN, /* there were not two whole windows */
	TREND_NONE,
	TREND_WORSE,
};

struct drift_result {
	enum trend latency;
	uint64_t first_median_ns, last_median_ns; /* 0 when unknown */
	enum trend waits;
	unsigned int first_waits, last_waits; /* steps; 0 when unknown */
};

/* A reset that worked. Returns 0 or -ENOMEM with nothing changed. */
int drift_add_reset(struct drift *drift, uint64_t duration_ns) _must_check_;

/* A step whose log is whole: whether the kernel waited for one of its functions, whichever. */
void drift_add_step(struct drift *drift, bool waited);

/* Pure. */
struct drift_result drift_judge(const struct drift *drift);

/* Frees what it points to and empties it. */
void drift_clear(struct drift *drift);

#endif
