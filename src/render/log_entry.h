/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the system's log gets of a run, as fields of the journal: lines NAME=VALUE, the first of
 * which is MESSAGE. Values are escaped as for a terminal, so that none can bring a line of its own.
 */
#ifndef RENDER_LOG_ENTRY_H
#define RENDER_LOG_ENTRY_H

#include "base/strbuf.h"
#include "model/evidence.h"
#include "model/verdict.h"

/* In the manual; never to be changed. */
#define LOG_ENTRY_STEP_ID "4dc4e6f402a148fbb48e0b9d750185c9"
#define LOG_ENTRY_VERDICT_ID "b4cdcdee62324ce5b314dc7141884f24"
#define LOG_ENTRY_GAP_ID "8b8ed4dc2c5548c79b837dba06cfc8c8"

/* Each replaces what @out held and returns the entry's level, as in syslog(3). Pure. */
int log_entry_step(struct strbuf *out, const struct run_evidence *run,
		   const struct step_evidence *step, const struct step_result *result);
int log_entry_verdict(struct strbuf *out, const struct run_evidence *run,
		      const struct run_result *result, int exit_status);

/* Of @lost entries that the log did not take, before it took this one. */
int log_entry_gap(struct strbuf *out, const struct run_evidence *run, uint64_t lost);

#endif
