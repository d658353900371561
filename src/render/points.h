/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What formats of test results count as one test: a step, in all its rounds, so that each of their
 * counts adds up to the steps that there were although most of those are not kept.
 */
#ifndef RENDER_POINTS_H
#define RENDER_POINTS_H

#include <stddef.h>

#include "base/attr.h"
#include "base/strbuf.h"
#include "model/evidence.h"
#include "model/verdict.h"

#define NO_STEP SIZE_MAX

struct point {
	const struct series *series;
	uint64_t steps;		   /* all of them */
	enum step_verdict verdict; /* the worst: fail, inconclusive, pass, skip */
	size_t first;		   /* index of the first step that is kept, NO_STEP for none */
	size_t lead;		   /* ... of the first that is kept with this verdict */
};

/* Borrows both. */
struct points {
	const struct run_evidence *run;
	const struct run_result *result;
	struct point *list; /* one for each series, in their order */
	size_t count;
	size_t *next; /* of each step that is kept: the next of its series, or NO_STEP */
};

#define _cleanup_points_ _cleanup_(points_free)

/* Returns 0 or -ENOMEM. */
int points_make(const struct run_evidence *run, const struct run_result *result,
		struct points *out) _must_check_;
void points_free(struct points *points);

/* Appends "refused: ..." and "warning: ...", a line for each, printable. */
void points_notes(struct strbuf *out, const struct run_evidence *run);

/* What the run as a whole comes to, for formats that know fewer words than the tool. */
enum conclusion {
	CONCLUSION_PASS, /* fixed or not affected */
	CONCLUSION_FAIL, /* vulnerable or broken */
	CONCLUSION_UNPROVEN,
	CONCLUSION_ENDED, /* early, by a signal, with nothing that failed */
	CONCLUSION_ERROR, /* ended by an error, or killed, likewise */
};

/* @exit_status is the program's. Pure. */
enum conclusion run_conclude(const struct run_evidence *run, const struct run_result *result,
			     int exit_status);

/* Why: "fixed: Nested resets work ...". */
void conclusion_text(struct strbuf *out, const struct run_evidence *run,
		     const struct run_result *result, enum conclusion conclusion);

/*
 * Appends a string from the machine so that it is one word in any form, and different ones stay
 * different: blanks, control characters and any of `\ # + " ' , ; = & < >` become \xNN.
 */
void point_word(struct strbuf *out, const char *text);

/* "0000:01:00.0+0000:02:00.0", in such words. */
void point_functions(struct strbuf *out, const struct point *point);

/* "0000:01:00.0 cxl_bus", likewise. */
void point_subject(struct strbuf *out, const struct point *point);

/* One line, printable: why it did not pass ("no-ats: it has no ..."), or what the pass rests on. */
void point_reason(struct strbuf *out, const struct points *points, const struct point *point);

/*
 * Lines, printable, each with its end: the counts where there are many, how long the resets took,
 * and what each step that is kept shows.
 */
void point_describe(struct strbuf *out, const struct points *points, const struct point *point);

#endif
