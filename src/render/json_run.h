/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer of `run` and `judge` as JSON. */
#ifndef RENDER_JSON_RUN_H
#define RENDER_JSON_RUN_H

#include <stdio.h>

#include "model/evidence.h"
#include "model/verdict.h"

struct json_object;

/*
 * Writes one document. @result is what judge_run() made of @run; @exit_status is what the program
 * will end with (after --skip-exit). Returns 0, -ENOMEM or another -errno; @out may still be
 * buffered.
 */
int json_run_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		   int exit_status) _must_check_;

/* Adds run{}: the run that was observed, maybe by another version of the program. */
void json_add_run(struct json_object *doc, const struct run_evidence *run);

/* Adds verdict, exit_status, summary, contradiction and findings[]. */
void json_add_verdict(struct json_object *doc, const struct run_result *result, int exit_status);

/* Adds what was seen beside the steps: refused[], background[], counters{}, warnings[]. */
void json_add_beside(struct json_object *doc, const struct run_evidence *run,
		     const struct run_result *result);

#endif
