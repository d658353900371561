/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A step as the journal knows it: what it does, and to which functions. */
#ifndef JOURNAL_STEP_H
#define JOURNAL_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "model/evidence.h"

#define TARGETS_MAX (SUBJECTS_MAX * (BDF_MAX + sizeof("/ffff:ffff")))

/* A step, as it can be told from others in the plan of a later run. */
struct journal_step {
	unsigned int number;
	enum scenario scenario;
	char method[METHOD_NAME_MAX];
	char targets[TARGETS_MAX]; /* "0000:01:00.0/8086:10d3 ..." */
};

/* The same scenario and method on the same functions with the same ids. Pure. */
bool journal_step_same(const struct journal_step *a, const struct journal_step *b);

/* Whether the step is on the function of this address, whatever its ids. Pure. */
bool journal_step_names(const struct journal_step *step, const char *function);

/* Whether the step is on this function, of these ids. Pure. */
bool journal_step_has(const struct journal_step *step, const char *function, uint16_t vendor,
		      uint16_t device);

/* Appends one function to step->targets. Pure. */
void journal_step_target(struct journal_step *step, const char *function, uint16_t vendor,
			 uint16_t device);

#endif
