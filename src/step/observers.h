/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All observers of a run, opened once, bracketing one step at a time. */
#ifndef STEP_OBSERVERS_H
#define STEP_OBSERVERS_H

#include "base/attr.h"
#include "base/root.h"
#include "journal/journal.h"
#include "model/evidence.h"
#include "model/plan.h"
#include "observe/kmsg.h"
#include "step/meanwhile.h"

struct perf_observer;
struct trace_observer;
struct uevent_observer;

struct observers {
	const struct root *root; /* borrowed */
	struct kmsg_observer *kmsg;
	struct trace_observer *trace;
	struct uevent_observer *uevent;
	struct perf_observer *perf; /* NULL: a tree */
	struct journal *journal;    /* borrowed */
	unsigned int trace_change;  /* id; 0: none */
	struct step_evidence *step; /* the one under way */
};

#define _cleanup_observers_ _cleanup_(observers_cleanup)

/*
 * Opens what is there; what is missing weakens the evidence and is added to @run's warnings. What
 * tracing leaves is recorded in @journal first, which must outlive @observers, itself zeroed.
 * @interest chooses what is kept of a flood of log records.
 * Returns 0, -ENOMEM, or what journal_change() returns. Writes to tracefs.
 */
int observers_open(const struct root *root, const struct plan *plan, struct run_evidence *run,
		   struct journal *journal, kmsg_interest interest,
		   struct observers *observers) _must_check_;

/* Around the writes that trigger the step. Return 0 or -ENOMEM. */
int observers_begin(struct observers *observers, struct step_evidence *step) _must_check_;
int observers_end(struct observers *observers, struct step_evidence *step) _must_check_;

/* What is to be read between these two. Borrows @observers. */
struct meanwhile observers_meanwhile(struct observers *observers);

/*
 * Returns 0, or -errno when not all of tracing could be taken away: its record stays in the
 * journal. To be repeated harms nothing.
 */
int observers_close(struct observers *observers);
static inline void observers_cleanup(struct observers *observers)
{
	(void)observers_close(observers);
}

/* Tells mount namespaces apart: a mount of ours is seen in that one. 0 when unknown. Reads root. */
uint64_t observers_mount_namespace(const struct root *root);

#endif
