/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process that reads a disk. */
#ifndef STEP_TRAFFIC_READ_H
#define STEP_TRAFFIC_READ_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "step/traffic.h"

/* Between the reading process and the one that started it. */
struct traffic_shared {
	_Atomic int phase;     /* of traffic_phase; written by the tool */
	_Atomic bool ready;    /* all places were read once, and one again, or a frame was sent */
	_Atomic bool complete; /* .. and again in the last phase */
	_Atomic int error;
	_Atomic uint64_t reads[TRAFFIC_PHASE_COUNT]; /* or frames */
	_Atomic uint64_t mismatches, longest_ns;
};

/*
 * Reads the disk in fds[0] until all was read in the last phase, or something fails. For a process
 * of its own.
 */
int traffic_read(const int fds[2], struct traffic_shared *shared);

#endif
