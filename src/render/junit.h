/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer as a JUnit report, as CI servers read it: Surefire's shape, which Jenkins checks. */
#ifndef RENDER_JUNIT_H
#define RENDER_JUNIT_H

#include <stdio.h>

#include "model/evidence.h"
#include "model/verdict.h"

/* As struct format says (formats.h). */
int junit_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		int exit_status) _must_check_;

#endif
