/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small parts of TAP version 13 and the kernel's KTAP version 1. */
#ifndef RENDER_TAP_POINT_H
#define RENDER_TAP_POINT_H

#include <stdbool.h>

#include "base/strbuf.h"

/* A document in the making. */
struct tap {
	struct strbuf text;
	bool kernel; /* KTAP: what explains a point comes before it, as comments */
	size_t number, passed, failed, skipped, errors;
};

enum tap_outcome {
	TAP_PASS,
	TAP_FAIL,
	TAP_SKIP, /* neither form has a word for what was not shown: that is a skip, never a pass */
	TAP_ERROR, /* "not ok" too: there is no result */
};

/* Appends version and plan. */
void tap_begin(struct tap *tap, size_t count);

/* Appends each line of @text with something before it. */
void tap_add_lines(struct strbuf *out, const char *before, const struct strbuf *text);

/*
 * Appends one point. @verdict is the tool's own word for it, @name a few words without a #, @reason
 * a line, @lines what it rests on; all printable.
 */
void tap_add_point(struct tap *tap, enum tap_outcome outcome, const char *verdict,
		   const struct strbuf *name, const struct strbuf *reason,
		   const struct strbuf *lines);

/* Appends in KTAP how many points there were of each kind, as kselftest counts them. */
void tap_add_totals(struct tap *tap);

#endif
