/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The answer as test points: TAP version 13 and the kernel's KTAP version 1. One point for each
 * step, and a last one for the run.
 */
#ifndef RENDER_TAP_H
#define RENDER_TAP_H

#include <stdio.h>

#include "model/evidence.h"
#include "model/verdict.h"

/* As struct format says (formats.h). */
int tap_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
	      int exit_status) _must_check_;
int ktap_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
	       int exit_status) _must_check_;

#endif
