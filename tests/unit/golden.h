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

/* Replaces the value of a field, or adds the field to the line. */
void line_put(struct lines *lines, size_t at, const char *assignment);

/* The value of FIELD in the line, with its quotes if it has them; NULL when it has none. */
char *line_get(const char *line, const char *field);

#endif
