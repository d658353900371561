/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Resets that had not returned when their step ended, and what waits for them to be put back. */
#ifndef STEP_LATE_H
#define STEP_LATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/evidence.h"

struct late_reset {
	unsigned int step;
	char function[BDF_MAX];
	int pid;		 /* of its worker */
	int fd;			 /* for worker_late(); owned by the list */
	uint64_t deadline_ns;	 /* CLOCK_MONOTONIC: after that it counts as hung */
	unsigned int changes[5]; /* journal ids, in the order in which they were made; 0: none */
};

/* Freed by late_free(). */
struct late_resets {
	struct late_reset *items;
	size_t count;
};

#define _cleanup_late_ _cleanup_(late_free)

/* Takes over @late->fd, also on failure. Returns 0 or -ENOMEM. */
int late_add(struct late_resets *list, const struct late_reset *late) _must_check_;

/*
 * Waits until one returns and takes it off the list, its descriptor closed. *sound: the function
 * answered, or failed within the deadline like any other reset, so it may be touched again.
 * @timeout_ms as for poll(2). Returns 1; 0 when none has returned by then or none is left; -errno.
 */
int late_take(struct late_resets *list, int timeout_ms, struct late_reset *late,
	      bool *sound) _must_check_;

void late_free(struct late_resets *list);

#endif
