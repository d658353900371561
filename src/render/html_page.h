/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page in HTML that needs nothing beside itself. */
#ifndef RENDER_HTML_PAGE_H
#define RENDER_HTML_PAGE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/host_result.h"
#include "render/html_run.h"

/* Steps that are drawn on a page. */
#define HTML_STEPS_MAX 120

/*
 * Appends all that stands before the content: head, style sheet, the title as the heading. @wide:
 * with tables that need paper across.
 */
void html_page_begin(struct strbuf *out, const char *title, bool wide);

/*
 * Appends a whole page about one run, as judged. @source is the file it comes from, NULL when none.
 * Returns 0, -ENOMEM or what @draw returned.
 */
int html_page_run(struct strbuf *out, const struct run_evidence *run,
		  const struct run_result *result, const char *source,
		  html_draw_fn draw) _must_check_;

/*
 * Appends the answer of many runs or hosts at one look: the worst verdict, how many have which, and
 * a table of them, worst first, with the verdict of each series. Those with an anchor are links.
 * @what each is: "run", "host".
 */
void html_overview(struct strbuf *out, const struct host_result *hosts, size_t count,
		   const char *what);

/* Appends what stands behind the content, with what the page was made from. */
void html_page_end(struct strbuf *out, const char *from);
#define HTML_FROM_EVIDENCE "from saved evidence, which it judged again"

#endif
