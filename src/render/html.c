// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html.h"

#include "base/escape.h"

static const char *entity_of(char character)
{
	switch (character) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void html_text(struct strbuf *out, const char *text)
{
	_cleanup_strbuf_ struct strbuf printable = {0};
	const char *at;

	escape_printable(&printable, text);
	if (printable.error)
		out->error = printable.error;
	for (at = printable.text ? printable.text : ""; *at;) {
		size_t plain = strcspn(at, "&<>\"'");

		strbuf_add(out, at, plain);
		at += plain;
		if (*at)
			strbuf_puts(out, entity_of(*at++));
	}
}

void html_element(struct strbuf *out, const char *tag, const char *text)
{
	strbuf_printf(out, "<%s>", tag);
	html_text(out, text);
	strbuf_printf(out, "</%s>\n", tag);
}

void html_heading(struct strbuf *out, const struct html_place *place, unsigned int offset,
		  const char *id, const char *text)
{
	unsigned int level = place->level + offset;

	strbuf_printf(out, "<h%u id=\"%s-%s\">", level, place->id, id);
	html_text(out, text);
	strbuf_printf(out, "</h%u>\n", level);
}

enum html_tone html_tone_of_step(enum step_verdict verdict)
{
	static const enum html_tone tones[STEP_VERDICT_COUNT] = {
		[STEP_PASS] = HTML_GOOD,
		[STEP_FAIL] = HTML_BAD,
		[STEP_SKIP] = HTML_NONE,
		[STEP_INCONCLUSIVE] = HTML_UNSURE,
	};

	return tones[verdict];
}

enum html_tone html_tone_of_host(const struct host_result *host)
{
	static const enum html_tone tones[RUN_VERDICT_COUNT] = {
		[RUN_FIXED] = HTML_GOOD,	  [RUN_NOT_AFFECTED] = HTML_GOOD,
		[RUN_VULNERABLE] = HTML_BAD,	  [RUN_BROKEN] = HTML_BAD,
		[RUN_INCONCLUSIVE] = HTML_UNSURE, [RUN_SKIPPED] = HTML_UNSURE,
	};

	return host->known ? tones[host->verdict] : HTML_UNSURE;
}

const char *html_tone_class(enum html_tone tone)
{
	static const char *const classes[] = {"good", "bad", "unsure", "none"};

	return classes[tone];
}

const char *html_tone_symbol(enum html_tone tone)
{
	static const char *const symbols[] = {"\xe2\x9c\x93", "\xe2\x9c\x97", "?", "\xe2\x80\x93"};

	return symbols[tone];
}

void html_badge(struct strbuf *out, enum html_tone tone, const char *word)
{
	strbuf_printf(out, "<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> ",
		      html_tone_class(tone), html_tone_symbol(tone));
	html_text(out, word);
	strbuf_puts(out, "</span>");
}

void html_not_tested(struct strbuf *out)
{
	strbuf_puts(out, "<td class=\"untested\">not tested</td>");
}

void html_entry(struct strbuf *out, const char *term, const char *text)
{
	if (!*text)
		return;
	strbuf_puts(out, "<div>");
	strbuf_printf(out, "<dt>%s</dt><dd>", term);
	html_text(out, text);
	strbuf_puts(out, "</dd></div>\n");
}

void html_table_begin(struct strbuf *out, const char *class, const char *caption)
{
	strbuf_printf(out, "<div class=\"%s\" tabindex=\"0\" role=\"region\" aria-label=\"", class);
	html_text(out, caption);
	strbuf_puts(out, "\">\n<table>\n<caption>");
	html_text(out, caption);
	strbuf_puts(out, "</caption>\n");
}

void html_table_end(struct strbuf *out)
{
	strbuf_puts(out, "</table>\n</div>\n");
}

void html_ms(struct strbuf *out, uint64_t duration_ns)
{
	double ms = (double)duration_ns / 1e6;

	strbuf_printf(out, "%.*f ms", ms < 1 ? 3 : ms < 100 ? 1 : 0, ms);
}
