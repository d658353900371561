/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters out of the texts the kernel shows them in, and their place in a step's evidence. */
#ifndef OBSERVE_COUNTER_TEXT_H
#define OBSERVE_COUNTER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/evidence.h"

struct reading {
	char name[sizeof(((struct counter *)NULL)->name)];
	uint64_t value;
};

/* Grows by ARRAY_APPEND; freed by readings_free(). */
struct readings {
	struct reading *items;
	size_t count;
};

#define _cleanup_readings_ _cleanup_(readings_free)

/* Adds @value to the reading of that name, a new one when there is none. Returns 0 or -ENOMEM. */
int readings_add(struct readings *readings, const char *name, uint64_t value) _must_check_;
bool readings_has(const struct readings *readings, const char *name);
void readings_free(struct readings *readings);

/*
 * Adds "irq:NAME", summed over CPUs and rows of the same name, for each row of /proc/interrupts
 * that belongs to an IOMMU's faults. @text is changed. Returns 0 or -ENOMEM. Pure.
 */
int readings_add_interrupts(struct readings *readings, char *text) _must_check_;

/* Finds the line "TOTAL_ERR_... N" of aer_dev_{correctable,nonfatal,fatal}. Pure. */
bool aer_total(const char *text, uint64_t *total);

/* Puts the readings into step->counters, as counters_read() describes. Returns 0 or -ENOMEM. */
int counters_before(struct step_evidence *step, const struct readings *readings) _must_check_;
int counters_after(struct step_evidence *step, const struct readings *readings) _must_check_;

#endif
