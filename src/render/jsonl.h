/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run as events, each one line of JSON: run-begin, step-begin, step, round, run-end. Additions
 * only: scripts rely on the names.
 */
#ifndef RENDER_JSONL_H
#define RENDER_JSONL_H

#include "base/strbuf.h"
#include "model/evidence.h"
#include "model/progress.h"
#include "model/verdict.h"

/* What every event begins with. */
struct jsonl_mark {
	uint64_t sequence; /* 1.. in its stream */
	const char *run_id;
	const char *time; /* RFC 3339; NULL: not known */
};

/* Each appends one event and its newline to @out, whose error tells that memory was short. */
void jsonl_run_begin(struct strbuf *out, const struct jsonl_mark *mark,
		     const struct run_evidence *run, const struct run_progress *progress);
void jsonl_step_begin(struct strbuf *out, const struct jsonl_mark *mark,
		      const struct run_progress *progress, const struct step_heading *step);
void jsonl_step(struct strbuf *out, const struct jsonl_mark *mark, const struct step_evidence *step,
		const struct step_result *result);
void jsonl_round(struct strbuf *out, const struct jsonl_mark *mark,
		 const struct run_progress *progress);
void jsonl_run_end(struct strbuf *out, const struct jsonl_mark *mark,
		   const struct run_evidence *run, const struct run_result *result,
		   int exit_status);

#endif
