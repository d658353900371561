/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A worker's own side; for worker.c alone. */
#ifndef STEP_WORKER_CHILD_H
#define STEP_WORKER_CHILD_H

#include <signal.h>

#include "step/worker.h"

/* Tells a worker to leave it at the write that it is at. */
#define WORKER_STOP_SIGNAL SIGUSR1

/* Small enough for one atomic write to a pipe. */
struct worker_report {
	struct work_write writes[WORK_WRITES_MAX];
	unsigned int count;
};
_Static_assert(WORK_WRITES_MAX >= RESETS_MAX, "all resets of a step fit into a report");

/*
 * Waits at the descriptor @gate for its token, writes to @target or acts, and reports. When the
 * tool dies first the gate closes without a token, and nothing is written. Signals meant for the
 * tool are not its.
 */
void worker_child(int gate, int target, int reports, const struct work *work)
	__attribute__((noreturn));

#endif
