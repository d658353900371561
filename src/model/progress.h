/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a run has come, for those who show it while it goes. */
#ifndef MODEL_PROGRESS_H
#define MODEL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/evidence.h"
#include "model/totals.h"

/* Where the run is. What saved evidence does not tell is 0. */
struct run_progress {
	bool planned;		    /* how many steps and rounds are to come is known */
	unsigned int step, steps;   /* of the plan: 1.. of so many in each round; 0: none yet */
	unsigned int round, rounds; /* 1.. of so many; round 0: none yet, rounds 0: without limit */
	uint64_t begin_ns;	    /* CLOCK_MONOTONIC when the first round began */
	uint64_t duration_ns;	    /* asked for; 0: without limit */
	uint64_t deadline_ns; /* after it no step begins but in the first round; UINT64_MAX: none */
	uint64_t round_counts[STEP_VERDICT_COUNT]; /* in the round that is under way or was last */
	const struct totals *totals;		   /* of all steps so far; borrowed */
};

/* A step that is about to be run. One that is left out has an end alone. */
struct step_heading {
	unsigned int number; /* as in the step's evidence */
	enum scenario scenario;
	const char *method; /* "" for none */
	const char *functions[SUBJECTS_MAX];
	size_t function_count;
};

#endif
