/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes the events of the ring buffers one story: in order of time, each return with its entry. */
#ifndef OBSERVE_TRACE_PAIR_H
#define OBSERVE_TRACE_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/evidence.h"

/* An event as it was recorded: a return does not yet know its function. */
struct raw_event {
	struct trace_event event;
	bool enters; /* a return will follow */
	bool returns;
	bool foreign; /* of a device that is no PCI function */
	size_t index; /* order in its ring buffer */
};

struct raw_events {
	struct raw_event *items;
	size_t count;
};

/* By time; what one CPU recorded at one time stays in order. Pure. */
void raw_events_sort(struct raw_events *raw);

/*
 * Drops the events before the last begin mark of @step, and the marks of other steps. Without that
 * mark all events stay. @raw is sorted. Pure.
 */
void raw_events_keep_step(struct raw_events *raw, unsigned int step);

/*
 * Fills function, probe and foreign of each return from the entry of the same symbol that the same
 * task made last. Counts in *lost the returns that have no entry, and the entries whose caller
 * returned before them. An entry that never returns is not lost: its task may hang. @raw is
 * sorted. Returns 0 or -ENOMEM. Pure.
 */
int raw_events_pair(struct raw_events *raw, uint64_t *lost) _must_check_;

#endif
