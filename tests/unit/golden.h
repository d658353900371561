/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Evidence from tests/golden for the tests of the judge: as it was captured in the lab, and with
 * edits made to it. Whatever goes wrong here fails the test that called.
 */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include <stdbool.h>
#include <stddef.h>

#include "model/evidence.h"
#include "model/verdict.h"

/* An evidence file as its lines; released by lines_clear(). */
struct lines {
	char **list;
	size_t count;
};

#define _cleanup_lines_ _cleanup_(lines_clear)

/* The text of GOLDEN_DIR/@path; the caller frees it. */
char *golden_text(const char *path);

/* The lines of captured/@name.ev. */
struct lines golden_lines(const char *name);

struct lines lines_split(const char *text);
struct lines lines_copy(const struct lines *lines);
void lines_insert(struct lines *lines, size_t at, const char *line);
void lines_remove(struct lines *lines, size_t at);
void lines_replace(struct lines *lines, size_t at, const char *line);
void lines_clear(struct lines *lines);

/* Replaces the value of a field, written as FIELD=VALUE. False when the line has no such field. */
bool line_set(struct lines *lines, size_t at, const char *assignment);

/* Hands out the times of each step's trace events anew, in the order the events stand in. */
void lines_retime(struct lines *lines);

/* Makes the file's last line agree with what stands above it. */
void lines_count(struct lines *lines);

/* Parses. Returns what evidence_parse() returns; @run is freed by evidence_free(). */
int lines_parse(const struct lines *lines, struct run_evidence *run);

/*
 * Applies one edit of a file in tests/golden/rules:
 *	drop [#N] GLOB			takes the lines out that the glob matches
 *	set [#N] GLOB => FIELD=VALUE...	sets fields of these lines
 *	give [#N] GLOB => FIELD=VALUE	adds a field that these lines lack
 *	move [#N] GLOB => GLOB		puts them in front of the first line that the second matches
 *	add GLOB => LINE		puts a line after the last one that the glob matches
 * #N means the Nth line that matches, alone. A glob that matches nothing fails the test.
 */
void golden_edit(struct lines *lines, const char *edit);

#endif
