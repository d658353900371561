/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Those who follow a run while it goes: a live view, a stream of events, the system's log. Each is
 * told of the same events in the same order, and none can stop the run or change its answer.
 */
#ifndef CLI_FOLLOWER_H
#define CLI_FOLLOWER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "model/evidence.h"
#include "model/progress.h"
#include "model/verdict.h"

/*
 * Any of the functions may be NULL. Each returns 0 or -errno; after the first failure the follower
 * is told of nothing more. All but tick() come while nothing is changed on the machine, so they may
 * wait. tick() comes a few times a second while a reset or the next round is waited for, which it
 * must never hold up: it may not wait for anything.
 */
struct follower {
	const char *name; /* where it writes to, for the message when it cannot; borrowed */
	void *data;
	bool on_output; /* that is the program's standard output */

	/* Host, facts, refusals and the plan's warnings are known, and no step was begun. */
	int (*run_begin)(void *data, const struct run_evidence *run,
			 const struct run_progress *progress);
	int (*step_begin)(void *data, const struct run_progress *progress,
			  const struct step_heading *step);
	/* A step was judged, be it that it was left out (step->skip_reason). */
	int (*step_end)(void *data, const struct run_progress *progress,
			const struct run_evidence *run, const struct step_evidence *step,
			const struct step_result *result);
	int (*round_end)(void *data, const struct run_progress *progress);
	int (*tick)(void *data, const struct run_progress *progress);
	/* The verdict stands, and the machine is as before. Does not come when there is none. */
	int (*run_end)(void *data, const struct run_progress *progress,
		       const struct run_evidence *run, const struct run_result *result,
		       int exit_status);
	/*
	 * The last, when all else is written: waits until whoever reads has taken everything.
	 * -ECANCELED: he stands still, and a signal ended that.
	 */
	int (*finish)(void *data);
	void (*free)(void *data);

	int error; /* the first */
	bool told; /* .. to the user */
};

/* Zeroed there are none. */
struct followers {
	struct follower *items;
	size_t count;
	struct run_progress progress;
};

#define _cleanup_followers_ _cleanup_(followers_free)

/* Takes over follower->data, also when it fails. Returns 0 or -ENOMEM. */
int followers_add(struct followers *followers, const struct follower *follower) _must_check_;

/* @totals must live as long as the followers are told anything. */
void followers_run_begin(struct followers *followers, const struct run_evidence *run,
			 const struct totals *totals);
/* The plan begins once more; nobody is told. */
void followers_round_begin(struct followers *followers, unsigned int round);
void followers_step_begin(struct followers *followers, const struct step_heading *step);
void followers_step_end(struct followers *followers, const struct run_evidence *run,
			const struct step_evidence *step, const struct step_result *result);
void followers_round_end(struct followers *followers);
void followers_tick(struct followers *followers);
void followers_run_end(struct followers *followers, const struct run_evidence *run,
		       const struct run_result *result, int exit_status);

/* Calls finish() of each; what fails only then is in follower->error afterwards. */
void followers_finish(struct followers *followers);

void followers_free(struct followers *followers);

#endif
