/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small parts of a JUnit report. */
#ifndef RENDER_JUNIT_CASE_H
#define RENDER_JUNIT_CASE_H

#include <stdint.h>

#include "base/strbuf.h"

enum junit_kind {
	JUNIT_PASS,
	JUNIT_FAILURE,
	JUNIT_ERROR, /* there is no result */
	JUNIT_SKIPPED,
};
#define JUNIT_KIND_COUNT 4

/* How a test case did. */
struct junit_outcome {
	enum junit_kind kind;
	const char *type; /* of a failure or an error; else NULL */
};

/* A document in the making: the cases, and what they add up to. */
struct junit {
	struct strbuf cases;
	size_t counts[JUNIT_KIND_COUNT];
	double seconds;
};

/* Adds a case. @name, @reason (a line) and @lines (what it rests on) are printable. */
void junit_add_case(struct junit *junit, const char *class, const struct strbuf *name,
		    double seconds, struct junit_outcome outcome, const struct strbuf *reason,
		    const struct strbuf *lines);

/*
 * Appends all before the properties: the suite with the numbers of all cases, which have been added
 * by now. @when is as run_when() gives it.
 */
void junit_begin(struct strbuf *out, const struct junit *junit, const char *hostname,
		 const char *when);

/* Appends a property, whose value is a string from the machine or a number. */
void junit_add_property(struct strbuf *out, const char *name, const char *value);
void junit_add_number(struct strbuf *out, const char *name, uint64_t number);

/* Appends the cases, and frees them, and what stands behind them; @output is printable. */
void junit_end(struct strbuf *out, struct junit *junit, const struct strbuf *output);

#endif
