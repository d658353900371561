/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes that may never return, each in a process of its own. All begin together; the caller waits
 * no longer than the deadline, whatever state a worker is in.
 */
#ifndef STEP_WORKER_H
#define STEP_WORKER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"
#include "step/meanwhile.h"

#define WORK_WRITES_MAX 5 /* at least RESETS_MAX */
#define WORK_WHAT_MAX 40
#define WORK_VALUE_MAX 256 /* its NUL included */

/* A process that waits for orders, or carries one out. */
struct worker {
	int pid;     /* 0: there is none */
	int channel; /* to it; owned */
};

/*
 * Workers that are kept for many writes, since a process costs more than most of them: as many as
 * ever wrote at once. One that hung or died is replaced. Begins as zeros, freed by workers_end().
 */
struct workers {
	struct worker list[SUBJECTS_MAX];
};

void workers_end(struct workers *workers);

/* One write of several, or one call of an act. */
struct work_write {
	int error;
	uint64_t begin_ns, end_ns; /* 0: it was not come to */
	char what[WORK_WHAT_MAX];  /* of an act: the last call that it made */
};

/*
 * What a worker does instead of writing, in its process: fills @writes and returns how many. Where
 * *stopped comes true it does no more than it needs to leave things as they were.
 */
typedef unsigned int (*act_fn)(const void *data, struct work_write writes[WORK_WRITES_MAX],
			       const volatile sig_atomic_t *stopped);

struct work {
	act_fn act;	     /* in: done instead of a write; NULL: the value is written */
	const void *data;    /* in: of the act, borrowed */
	const char *path;    /* in: below the root, borrowed */
	const char *value;   /* in: borrowed, shorter than WORK_VALUE_MAX */
	struct workers *by;  /* in: who writes, none of them at work; NULL: one for this alone */
	unsigned int times;  /* in: so often, up to RESETS_MAX, until one fails; 0: once */
	bool outlives;	     /* in: one that hangs is not killed, see worker_late() */
	int pid;	     /* out */
	bool started;	     /* out: the worker was told to write */
	bool hung;	     /* out: no answer by the deadline; the process may live on */
	bool abandoned;	     /* out: hung, but it was not waited for to the deadline */
	char where[WHY_MAX]; /* out: its state and wait channel then */
	int error;	     /* out: errno of the write, 0 for success of all */
	uint64_t begin_ns, end_ns; /* out: CLOCK_MONOTONIC around the write, or all of them */
	struct work_write writes[WORK_WRITES_MAX]; /* out: each, unless it hung or died */
	unsigned int write_count;		   /* out */
	int late_fd; /* out: for worker_late(), the caller closes it; -1: none */
};

/* How workers are waited for. */
struct patience {
	bool (*over)(void *data); /* asked a few times a second: whether to stop; NULL: never */
	void *data;
	struct meanwhile *meanwhile; /* borrowed; NULL: nothing is read */
};

/*
 * Opens all paths first, so that one that vanished stops all before anything is written. Each of
 * @works that are done by kept workers has one of its own. @patience may be NULL.
 * Returns 0 when every worker was started, whatever its write came to; -errno when none was
 * (then @failed, may be NULL, is the index of the work at fault). Writes hardware.
 */
int worker_run(const struct root *root, struct work *works, size_t count, unsigned int deadline_s,
	       const struct patience *patience, size_t *failed) _must_check_;

/* What the tool does itself once all workers were told to write; the deadline goes on meanwhile. */
typedef void (*beside_fn)(void *data);

/* The same, with @beside called as soon as they write and before anybody is waited for. */
int worker_run_beside(const struct root *root, struct work *works, size_t count,
		      unsigned int deadline_s, const struct patience *patience, size_t *failed,
		      beside_fn beside, void *data) _must_check_;

/*
 * Takes the report of a worker that hung, once poll(2) says that @late_fd can be read. Returns 0
 * with errno of its write and when that returned; -ECHILD: it died without a report, and has
 * returned.
 */
int worker_late(int late_fd, int *error, uint64_t *end_ns) _must_check_;

#endif
