/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One judged run as part of a page. */
#ifndef RENDER_HTML_RUN_H
#define RENDER_HTML_RUN_H

#include "model/picture.h"
#include "render/html.h"

/* Fills a zeroed picture from a step. Returns 0 or -errno. */
typedef int (*html_draw_fn)(const struct step_evidence *step, struct picture *picture);

/* What is shown and how. All is borrowed. */
struct html_run {
	const struct run_evidence *run;
	const struct run_result *result;
	const char *source; /* the file it was read from; NULL: none */
	struct html_place place;
	html_draw_fn draw;
	size_t step_max;      /* so many steps are shown one by one, with a picture each */
	bool alone;	      /* on its page, which then has the heading */
	bool *chosen;	      /* by the index of the step; set by html_run_write() */
	size_t example_count; /* so many examples are shown; likewise */
};

/*
 * Appends the run: verdict, machine, table, findings, steps with their pictures, latencies, what
 * was not tested. It begins with a heading of the place's level, unless it is alone. Returns 0,
 * -ENOMEM or what @draw returned; @out->error is to be checked.
 */
int html_run_write(struct strbuf *out, struct html_run *view) _must_check_;

/* The parts. */
void html_matrix(struct strbuf *out, const struct html_run *view);
void html_findings(struct strbuf *out, const struct html_run *view);
void html_doubts(struct strbuf *out, const struct html_run *view);
int html_steps(struct strbuf *out, const struct html_run *view) _must_check_;
void html_latency(struct strbuf *out, const struct html_run *view);
void html_untested(struct strbuf *out, const struct html_run *view);
void html_around(struct strbuf *out, const struct html_run *view);

/* Marks the steps that are shown: those that did not pass, and one of each series. */
void html_choose(struct html_run *view);

/* Appends a link to the step, or its words alone where it is not shown. */
void html_step_link(struct strbuf *out, const struct html_run *view, size_t index);

#endif
