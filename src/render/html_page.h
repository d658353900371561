/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page in HTML that needs nothing beside itself. */
#ifndef RENDER_HTML_PAGE_H
#define RENDER_HTML_PAGE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/host_result.h"

/*
 * Appends all that stands before the content: head, style sheet, the title as the heading. @wide:
 * with tables that need paper across.
 */
void html_page_begin(struct strbuf *out, const char *title, bool wide);

/*
 * Appends the answer of many runs or hosts at one look: the worst verdict, how many have which, and
 * a table of hosts, worst first, with the verdict of each series. Hosts with an anchor are links.
 */
void html_overview(struct strbuf *out, const struct host_result *hosts, size_t count);

/* Appends what stands behind the content. */
void html_page_end(struct strbuf *out);

#endif
