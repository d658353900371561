/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small parts of a page in HTML: text, headings, verdicts. */
#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include "base/strbuf.h"
#include "model/host_result.h"

/* Where on the page something is written. */
struct html_place {
	const char *id;	    /* the ids of what it holds begin so: "r1" */
	unsigned int level; /* of its headings, 2 to 5 */
};

/* What a verdict looks like. Each has a colour, a symbol and a word: never the colour alone. */
enum html_tone {
	HTML_GOOD,
	HTML_BAD,
	HTML_UNSURE,
	HTML_NONE, /* not tried */
};

enum html_tone html_tone_of_step(enum step_verdict verdict);
enum html_tone html_tone_of_host(const struct host_result *host);
const char *html_tone_class(enum html_tone tone);  /* "good" ... */
const char *html_tone_symbol(enum html_tone tone); /* one character, UTF-8 */

/*
 * Appends text for an element or a quoted attribute: what HTML would read is written as entities,
 * what is not printable as \xNN.
 */
void html_text(struct strbuf *out, const char *text);

/* Appends <TAG>text</TAG> and a newline. */
void html_element(struct strbuf *out, const char *tag, const char *text);

/* Appends a heading with an id; @offset is how far it stands below the place's own. */
void html_heading(struct strbuf *out, const struct html_place *place, unsigned int offset,
		  const char *id, const char *text);

/* Appends a symbol and a word in the colours of the tone. */
void html_badge(struct strbuf *out, enum html_tone tone, const char *word);

/* Appends a cell of a table that looks empty, and is read out as "not tested". */
void html_not_tested(struct strbuf *out);

/* Appends a row of a description list. Nothing when the text is empty. */
void html_entry(struct strbuf *out, const char *term, const char *text);

/* Appends the begin of a table in a box of a class that scrolls by itself. */
void html_table_begin(struct strbuf *out, const char *class, const char *caption);
void html_table_end(struct strbuf *out);

/* Appends a number of milliseconds, with as many digits as one can tell apart. */
void html_ms(struct strbuf *out, uint64_t duration_ns);

#endif
