/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All observers of a run, opened once, bracketing one step at a time. */
#ifndef STEP_OBSERVERS_H
#define STEP_OBSERVERS_H

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"

struct kmsg_observer;
struct trace_observer;
struct uevent_observer;

struct observers {
	const struct root *root; /* borrowed */
	struct kmsg_observer *kmsg;
	struct trace_observer *trace;
	struct uevent_observer *uevent;
};

#define _cleanup_observers_ _cleanup_(observers_close)

/*
 * Opens what is there; what is missing weakens the evidence and is added to @run's warnings.
 * @observers must be zeroed. Returns 0 or -ENOMEM. Writes to tracefs.
 */
int observers_open(const struct root *root, struct run_evidence *run,
		   struct observers *observers) _must_check_;

/* Around the writes that trigger the step. Return 0 or -ENOMEM. */
int observers_begin(struct observers *observers, struct step_evidence *step) _must_check_;
int observers_end(struct observers *observers, struct step_evidence *step) _must_check_;

void observers_close(struct observers *observers);

#endif
