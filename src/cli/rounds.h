/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often the plan is repeated, and when that is enough. */
#ifndef CLI_ROUNDS_H
#define CLI_ROUNDS_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed it is one round. */
struct rounds_options {
	unsigned int loops;   /* 0: one round, or without limit when something else limits it */
	uint64_t duration_ns; /* 0: without limit */
	uint64_t interval_ns; /* from the end of a round to the beginning of the next */
	bool until_fail;      /* the first step that fails ends the run */
};

/* A run under way. Set by rounds_begin(); tick may be set afterwards. */
struct rounds {
	const struct rounds_options *options; /* borrowed */
	uint64_t begin_ns;		      /* CLOCK_MONOTONIC */
	uint64_t deadline_ns;		      /* CLOCK_MONOTONIC; UINT64_MAX: none */
	unsigned int round;		      /* 1.. */
	void (*tick)(void *data);	      /* called a few times a second while it waits */
	void *tick_data;
};

/* Whether there may be a second round. Pure. */
bool rounds_repeat(const struct rounds_options *options);

/* So many rounds at most; 0: without limit. Pure. */
unsigned int rounds_wanted(const struct rounds_options *options);

void rounds_begin(struct rounds *rounds, const struct rounds_options *options);

/* Whether time is up for further steps. The first round is always run whole. */
bool rounds_over(const struct rounds *rounds);

/*
 * Waits for the next round and begins it; a signal ends the waiting. Returns false when there is
 * none. Sleeps.
 */
bool rounds_next(struct rounds *rounds);

#endif
