/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A worker's own side, and what is said between it and the tool; for worker*.c alone. */
#ifndef STEP_WORKER_CHILD_H
#define STEP_WORKER_CHILD_H

#include <signal.h>
#include <sys/types.h>

#include "step/worker.h"

/* Tells a worker to leave it at the write that it is at. */
#define WORKER_STOP_SIGNAL SIGUSR1

/* What to write, in one message; the opened file comes with it. */
struct worker_order {
	unsigned int times;
	char value[WORK_VALUE_MAX];
};

/* What came of it, in one message. */
struct worker_report {
	struct work_write writes[WORK_WRITES_MAX];
	unsigned int count;
};
_Static_assert(WORK_WRITES_MAX >= RESETS_MAX, "all resets of a step fit into a report");

/*
 * Waits at @channel for an order, writes and reports, until the channel is closed; with an @act
 * (else NULL) it does that, once. When the process @tool dies before its order is taken, nothing is
 * written. Signals meant for the tool are not its.
 */
void worker_child(int channel, pid_t tool, const struct work *act) __attribute__((noreturn));

#endif
