/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interrupts that IOMMUs raise for faults, and how often each came. */
#ifndef OBSERVE_COUNTER_IRQ_H
#define OBSERVE_COUNTER_IRQ_H

#include <stdio.h>

#include "base/attr.h"
#include "base/root.h"
#include "observe/counter_text.h"

/* Names of devices that are IOMMUs and raise interrupts under their own name. Borrowed. */
struct irq_devices {
	char *const *names;
	size_t count;
};

/*
 * Adds "irq:NAME" for each row of /proc/interrupts (@interrupts) that is an IOMMU's, summed over
 * rows of one name. How often it came is taken from the "intr" line of /proc/stat (@stat, NULL for
 * none), which counts for CPUs that have been switched off too; else the row's CPUs are summed.
 * Rows may have any length. Returns 0, -ENOMEM or the stream's -errno. Reads both streams.
 */
int irq_add(struct readings *readings, FILE *interrupts, FILE *stat,
	    const struct irq_devices *devices) _must_check_;

/* The same below a root. What cannot be read is the unknown counter "irq". Returns 0 or -ENOMEM. */
int irq_read(const struct root *root, struct readings *readings) _must_check_;

#endif
