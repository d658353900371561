/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What goes through a function in a process of its own, to see whether it goes on. A disk is read
 * over and over, past the page cache, and what comes is compared; it is held exclusively meanwhile,
 * and nothing is written. Or a network interface sends frames that nobody wants.
 */
#ifndef STEP_TRAFFIC_H
#define STEP_TRAFFIC_H

#include <sys/types.h>

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"
#include "step/meanwhile.h"

enum traffic_phase {
	TRAFFIC_BEFORE,
	TRAFFIC_WITHIN,
	TRAFFIC_AFTER,
};
#define TRAFFIC_PHASE_COUNT 3

struct reader;

/*
 * Opens a disk of @function for reading, past the cache and for itself alone, and puts its name
 * into @name. Returns a descriptor the caller closes, or -errno. Whoever starts a step knows what
 * hangs off functions; after a bind that has to be found anew.
 */
typedef int (*disk_open_fn)(const struct root *root, const char *function, char *name,
			    size_t size_bytes);

/*
 * Waits for a disk of traffic->function, whose driver may just have been bound, and reads it once.
 * Fills device, and started or error. Returns 0, and when it was started *out, which
 * traffic_end() takes; or -errno when no process can be had. Reads root.
 */
int traffic_start(const struct root *root, disk_open_fn open_disk, struct meanwhile *meanwhile,
		  struct traffic *traffic, struct reader **out) _must_check_;

/*
 * The same with an interface that is up, whose name is in traffic->device: waits until the driver
 * has counted a frame that was sent.
 */
int traffic_start_sending(const struct root *root, int index, struct meanwhile *meanwhile,
			  struct traffic *traffic, struct reader **out) _must_check_;

/* What the reset has come to; reads and frames are counted by it. */
void traffic_phase(struct reader *reader, enum traffic_phase phase);

/*
 * Waits until all was read again, or enough sent, if @wait, fills the rest of @traffic, and frees
 * @reader. Returns the process of one that read and cannot be ended, which has the disk open until
 * it dies and is the caller's child, to be waited for; else 0.
 */
pid_t traffic_end(struct reader *reader, struct meanwhile *meanwhile, struct traffic *traffic,
		  bool wait);

#endif
