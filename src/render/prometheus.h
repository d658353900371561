/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer as metrics in Prometheus' text format, for the node exporter's textfile collector. */
#ifndef RENDER_PROMETHEUS_H
#define RENDER_PROMETHEUS_H

#include <stdio.h>

#include "model/evidence.h"
#include "model/verdict.h"

/* As struct format says (formats.h). */
int prometheus_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		     int exit_status) _must_check_;

#endif
