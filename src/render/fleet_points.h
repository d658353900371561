/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What formats of test results say of a host, which is one test to them. */
#ifndef RENDER_FLEET_POINTS_H
#define RENDER_FLEET_POINTS_H

#include "base/strbuf.h"
#include "model/fleet.h"

/* What a host comes to, for formats that know fewer words than the tool. */
enum host_outcome {
	HOST_PASS,     /* fixed or not affected */
	HOST_FAIL,     /* vulnerable or broken */
	HOST_UNPROVEN, /* its result shows nothing */
	HOST_ERROR,    /* unknown: it has no result, and nobody shall take that for a skip */
};
enum host_outcome host_outcome_of(const struct host_result *result);

/* One line, printable: "vulnerable: nested-prepare-busy: ...", "unknown: no result". */
void host_reason(struct strbuf *out, const struct host_result *result);

/*
 * Lines, printable, each with its end: where the verdict comes from, how the steps ended, what else
 * is to be known, and the host's other results.
 */
void host_describe(struct strbuf *out, const struct fleet *fleet, const struct fleet_host *host);

/* Appends a line for each further result of a host, which begins with @before. */
void host_add_others(struct strbuf *out, const char *before, const struct fleet *fleet,
		     const struct fleet_host *host);

#endif
