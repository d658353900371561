/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel log of a step, record by record from /dev/kmsg (Documentation/ABI/testing/dev-kmsg),
 * between two marker records that the tool writes itself.
 */
#ifndef OBSERVE_KMSG_H
#define OBSERVE_KMSG_H

#include "base/attr.h"
#include "model/evidence.h"

#define KMSG_PATH "/dev/kmsg"

/*
 * So many records of a step are kept whatever they say. Of further ones those that are of interest
 * are kept, until there are so many; the others are counted in step->log_state.
 */
#define KMSG_WHOLE_MAX 4096
#define KMSG_KEPT_MAX 16384

struct kmsg_observer;
struct kmsg_device;

/* Whether the judge may want the record. */
typedef bool (*kmsg_interest)(const struct log_record *record);

/*
 * Opens the log at its end. A log that cannot be read is a state, not an error. @run_id stands in
 * every marker; it is copied. Returns 0, -ENOMEM, or -EINVAL for a run_id that is too long.
 */
int kmsg_open(const char *run_id, kmsg_interest interest, struct kmsg_observer **out) _must_check_;

/* The same for another log than the kernel's. @device is borrowed until kmsg_close(). */
int kmsg_open_device(const char *run_id, kmsg_interest interest, struct kmsg_device *device,
		     struct kmsg_observer **out) _must_check_;

/* What a step will be able to show: readable and why not. Borrowed until kmsg_close(). */
const struct log_state *kmsg_state(const struct kmsg_observer *observer);

/*
 * Skips what is in the log and writes "iommu-resettest: begin run=ID step=N WHAT mark=RANDOM".
 * @what is for people: scenario, method, functions. Returns 0 or -ENOMEM. Writes to the kernel log.
 */
int kmsg_begin(struct kmsg_observer *observer, unsigned int step, const char *what) _must_check_;

/* To be polled for records while a step is under way; -1 when there is nothing to be polled. */
int kmsg_fd(const struct kmsg_observer *observer);

/*
 * Takes some of the records that have come since kmsg_begin() into step->log, without waiting, so
 * that they are not overwritten before kmsg_end(). Returns whether there can be more.
 */
bool kmsg_take(struct kmsg_observer *observer, struct step_evidence *step);

/*
 * Writes the end marker and reads to it: fills step->log with the records between the markers, of
 * every facility, as far as kmsg_take() did not, and step->log_state. Returns 0 or -ENOMEM. Writes
 * to the kernel log.
 */
int kmsg_end(struct kmsg_observer *observer, struct step_evidence *step) _must_check_;

/* NULL is nothing. */
void kmsg_close(struct kmsg_observer *observer);

static inline void kmsg_cleanup(struct kmsg_observer **observer)
{
	kmsg_close(*observer);
}

#define _cleanup_kmsg_ _cleanup_(kmsg_cleanup)

#endif
