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
	char why[sizeof(((struct counter *)NULL)->why)]; /* not known, and why; else "" */
};

/* Grows by ARRAY_APPEND; freed by readings_free(). */
struct readings {
	struct reading *items;
	size_t count;
};

#define _cleanup_readings_ _cleanup_(readings_free)

/* Adds @value to the reading of that name, a new one when there is none. Returns 0 or -ENOMEM. */
int readings_add(struct readings *readings, const char *name, uint64_t value) _must_check_;

/* Remembers that the counter of that name is not known. Returns 0 or -ENOMEM. */
int readings_unknown(struct readings *readings, const char *name, const char *why) _must_check_;

/* What came of reading one: the value, unknown with the errno; nothing where it is not (ENOENT). */
int readings_take(struct readings *readings, const char *name, int r, uint64_t value) _must_check_;

bool readings_has(const struct readings *readings, const char *name);
void readings_free(struct readings *readings);

/*
 * Adds what the lines of aer_dev_{correctable,nonfatal,fatal} say: NAME for "TOTAL_ERR_... N",
 * NAME:ERROR for each "ERROR N" unless it never came, none of which may be there. Without a total,
 * NAME is not known. Returns 0 or -ENOMEM. Pure.
 */
int readings_add_aer(struct readings *readings, const char *name, const char *text) _must_check_;

/*
 * Puts the readings into step->counters, as counters_read() describes. Returns 0 or -ENOMEM.
 * counters_after() leaves the errors of one kind out that did not rise; their total stays.
 */
int counters_before(struct step_evidence *step, const struct readings *readings) _must_check_;
int counters_after(struct step_evidence *step, const struct readings *readings) _must_check_;

#endif
