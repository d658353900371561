/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer as JSON lines of the OCP Test and Validation specification, version 2.0. */
#ifndef RENDER_JSON_OCPTV_H
#define RENDER_JSON_OCPTV_H

#include <stdio.h>

#include "model/evidence.h"
#include "model/verdict.h"

/* As struct format says (formats.h). */
int json_ocptv_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		     int exit_status) _must_check_;

#endif
