/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hotplug events of the PCI subsystem during a step, from the kernel itself: no udevd needed. */
#ifndef OBSERVE_UEVENT_H
#define OBSERVE_UEVENT_H

#include "base/attr.h"
#include "model/evidence.h"

struct uevent_observer;

/* Events that cannot be received are a note, not an error. Returns 0 or -ENOMEM. */
int uevent_open(struct uevent_observer **out) _must_check_;

/* Why nothing is recorded, "" when all is well. Borrowed until uevent_close(). */
const char *uevent_note(const struct uevent_observer *observer);

/* Forgets what was received so far. Returns 0. */
int uevent_begin(struct uevent_observer *observer) _must_check_;

/* Appends what was received since to step->uevents. Returns 0 or -ENOMEM. */
int uevent_end(struct uevent_observer *observer, struct step_evidence *step) _must_check_;

/* NULL is nothing. */
void uevent_close(struct uevent_observer *observer);

static inline void uevent_cleanup(struct uevent_observer **observer)
{
	uevent_close(*observer);
}

#define _cleanup_uevent_ _cleanup_(uevent_cleanup)

#endif
