/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Saved evidence, read and judged again in the memory of the steps that are kept. */
#ifndef CLI_JUDGING_H
#define CLI_JUDGING_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/attr.h"
#include "cli/follower.h"
#include "model/evidence.h"
#include "model/evidence_text.h"
#include "model/verdict.h"

/* A file on its way through the reader to the judge. Zeroed it is empty, and nobody follows it. */
struct judging {
	struct run_evidence run;
	struct run_result result;
	struct followers *followers; /* told of what the file has; borrowed, NULL: nobody is */
	bool begun;		     /* they were told of the run */
	struct evidence_reader reader;
	size_t held_bytes, step_bytes; /* of text: kept, and of it what no step has taken yet */
	char problem[PATH_MAX + 128];  /* what failed, for people, with the file's name and line */
};

#define _cleanup_judging_ _cleanup_(judging_free)

/*
 * Reads @path, or standard input for "-", and judges it: fills @run and @result, which are freed by
 * judging_free() whatever comes of it. Returns 0, or -errno with @problem.
 */
int judging_read(const char *path, struct judging *judging) _must_check_;

/* The same of a file that is open; @path is for @problem. */
int judging_read_stream(FILE *in, const char *path, struct judging *judging) _must_check_;

void judging_free(struct judging *judging);

#endif
