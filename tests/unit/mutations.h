/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ways in which test_mutations.c breaks evidence, and what the judge must make of each. */
#ifndef UNIT_MUTATIONS_H
#define UNIT_MUTATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/evidence.h"

/* What a captured file shows. */
enum golden_kind {
	GOLDEN_PASS = 1,       /* a reset passed on a kernel that blocks the IOMMU */
	GOLDEN_UNAFFECTED = 2, /* ... on one that never does */
	GOLDEN_BUG = 4,	       /* vulnerable */
	GOLDEN_BROKEN = 8,
	GOLDEN_NOTHING = 16, /* skipped, or nothing was shown */
};

#define MUTATION_EDITS_MAX 6

struct mutation {
	const char *name;
	unsigned int of; /* the golden_kinds for which @wanted holds */

	/*
	 * Edits as in golden_edit.h, made one after the other. $N in them counts from 1 as long as
	 * all can be made; $V stands for each of @values, which are parted by '|'.
	 */
	const char *edits[MUTATION_EDITS_MAX];
	const char *values;
	/* Or a change of one subject of a step. False when there is nothing to change. */
	bool (*change)(struct step_evidence *step, struct subject *subject);

	const char *scenario; /* only steps of these, when not NULL */
	const char *needs;    /* only files with a line that this glob matches, when not NULL */
	bool raw;	      /* neither times nor counts are made to fit */

	/*
	 * One of these words must come true; where none is given, the step must not pass:
	 * a slug: it is the step's reason or one of its findings, and the step does not pass
	 * run:VERDICT: of the run
	 * unreadable: the file is refused
	 * same: it is of no consequence, verdict and reason are as before
	 */
	const char *wanted;
};

extern const struct mutation mutations[];
extern const size_t mutation_count;

#endif
