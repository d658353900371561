/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a run comes along, for people who wait for it. All pure. */
#ifndef RENDER_PROGRESS_TEXT_H
#define RENDER_PROGRESS_TEXT_H

#include "base/strbuf.h"
#include "model/progress.h"
#include "model/verdict.h"
#include "render/style.h"

/* A moment of a run. */
struct progress_view {
	const struct run_progress *progress;
	bool under_way;	      /* a step is; else the line keeps the place of the last one */
	const char *step;     /* what is being done, escaped; "" before the first step */
	const char *scenario; /* ... in which way */
	uint64_t step_ns;     /* for so long */
	uint64_t now_ns;      /* CLOCK_MONOTONIC */
	uint64_t fault_count; /* fault interrupts since the beginning */
};

/* "cxl_bus 0000:01:00.0", or "... and 3 more", escaped. */
void progress_text_step(struct strbuf *out, const struct step_heading *step);

/*
 * Appends one line of a terminal without its newline: in @columns characters as much as fits, what
 * matters most first.
 */
void progress_text_line(struct strbuf *out, const struct text_style *style,
			const struct progress_view *view, unsigned int columns);

/* Appends the same for a file: plain, and all of it, with its newline. */
void progress_text_report(struct strbuf *out, const struct progress_view *view);

/* Appends a line about a step that failed: the finding and what it rests on, wrapped to the style.
 */
void progress_text_failure(struct strbuf *out, const struct text_style *style,
			   const struct step_evidence *step, const struct step_result *result);

#endif
