/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Workers begin, get their orders, and end; for worker.c alone. */
#ifndef STEP_WORKER_START_H
#define STEP_WORKER_START_H

#include "step/worker.h"

/* With an act @work is done by this worker alone, and borrowed by it. Returns 0 or -errno. */
int worker_start(const struct work *work, struct worker *worker) _must_check_;

/*
 * Tells it to do @work, with the opened file @target, -1 for an act. Returns 0 or -errno, and then
 * it has not heard of it.
 */
int worker_order(const struct worker *worker, const struct work *work, int target) _must_check_;

/* One without anything to do, or that has died, is ended and waited for. There may be none. */
void worker_end(struct worker *worker);

#endif
