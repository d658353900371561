/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Edits of evidence, one line of text each:
 *	drop [#N] GLOB			takes the lines out that the glob matches
 *	drop-call [#N] GLOB		... and each one's return
 *	cut [#N] GLOB			... and all that follows
 *	set [#N] GLOB => FIELD=VALUE...	sets fields of these lines
 *	give [#N] GLOB => FIELD=VALUE	adds a field that these lines lack
 *	put [#N] GLOB => FIELD=VALUE	sets the field or adds it
 *	bump [#N] GLOB => FIELD=	adds one to the number in the field
 *	twice [#N] GLOB			puts a copy after each of these lines
 *	swap [#N] GLOB => GLOB		changes them about with the next line of the step that
 *					the second matches
 *	delay [#N] GLOB => GLOB		puts them after that line
 *	hasten [#N] GLOB => GLOB	puts them before the last line above that it matches
 *	hasten-call [#N] GLOB => GLOB	... and each one's return behind it
 *	move [#N] GLOB => GLOB		puts them in front of the file's first line that it matches
 *	add GLOB => LINE		puts a line after the last one that the glob matches
 *	log GLOB => FIELDS		gives the step of each of these lines one more log record
 * #N means the Nth line that matches, alone. In what follows "=>", $own is the function of the line
 * that matched, $function and $pid those of the first subject of its step that was started.
 */
#ifndef TESTS_GOLDEN_EDIT_H
#define TESTS_GOLDEN_EDIT_H

#include "golden.h"

/* Applies an edit of a file in tests/golden/rules. One that matches nothing fails the test. */
void golden_edit(struct lines *lines, const char *edit);

/*
 * The same, but false when there is nothing to edit. Neither times nor counts are put right:
 * lines_retime(), lines_count().
 */
bool golden_try_edit(struct lines *lines, const char *edit);

/* The number of the first line that differs; the smaller count when none does. */
size_t lines_first_difference(const struct lines *a, const struct lines *b);

#endif
