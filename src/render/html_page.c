// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html_page.h"

#include "render/html.h"
#include "render/html_style.h"

void html_page_begin(struct strbuf *out, const char *title, bool wide)
{
	strbuf_puts(out,
		    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
		    "'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action "
		    "'none'\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width, "
		    "initial-scale=1\">\n"
		    "<meta name=\"referrer\" content=\"no-referrer\">\n"
		    "<meta name=\"generator\" content=\"" PACKAGE_NAME " " PACKAGE_VERSION "\">\n");
	html_element(out, "title", title);
	strbuf_puts(out, "<style>\n");
	strbuf_puts(out, html_style);
	strbuf_printf(out, "</style>\n</head>\n<body%s>\n", wide ? " class=\"many\"" : "");
	strbuf_puts(out, "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n<header>\n");
	html_element(out, "h1", title);
	strbuf_puts(out, "</header>\n<main id=\"content\">\n");
}

void html_page_end(struct strbuf *out, const char *from)
{
	strbuf_printf(out,
		      "</main>\n<footer>\n<p>Made by " PACKAGE_NAME " " PACKAGE_VERSION
		      " %s. The manual, " PACKAGE_NAME
		      "(8), explains every word.</p>\n</footer>\n</body>\n</html>\n",
		      from);
}

int html_page_run(struct strbuf *out, const struct run_evidence *run,
		  const struct run_result *result, const char *source, html_draw_fn draw)
{
	_cleanup_strbuf_ struct strbuf title = {0};
	struct html_run view = {
		.run = run,
		.result = result,
		.source = source,
		.place = {.id = "r1", .level = 2},
		.draw = draw,
		.alone = true,
		.step_max = HTML_STEPS_MAX,
	};
	int r;

	strbuf_printf(&title, "PCI reset test of %s", host_result_name(run, source));
	html_page_begin(out, title.text ? title.text : "", false);
	r = html_run_write(out, &view);
	html_page_end(out, HTML_FROM_EVIDENCE);
	return title.error ? title.error : out->error ? out->error : r;
}
