/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer of `run` and `judge` for people who do not know the kernel. */
#ifndef RENDER_RUN_TEXT_H
#define RENDER_RUN_TEXT_H

#include <stdio.h>

#include "model/evidence.h"
#include "model/verdict.h"
#include "render/style.h"

/*
 * Writes the report, the verdict last. @result is what judge_run() made of @run. A verbosity
 * below 0 leaves the verdict alone, above 0 adds the log and all trace events. Returns 0, -ENOMEM
 * or another -errno; @out may still be buffered.
 */
int run_text_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		   const struct text_style *style) _must_check_;

#endif
