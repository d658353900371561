// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/tap_point.h"

#include <errno.h>

void tap_begin(struct tap *tap, size_t count)
{
	strbuf_printf(&tap->text, "%s\n1..%zu\n", tap->kernel ? "KTAP version 1" : "TAP version 13",
		      count);
}

void tap_add_lines(struct strbuf *out, const char *before, const struct strbuf *text)
{
	const char *at = text->text ? text->text : "";

	if (text->error)
		out->error = text->error;
	while (*at) {
		size_t length = strcspn(at, "\n");

		strbuf_puts(out, before);
		strbuf_add(out, at, length);
		strbuf_puts(out, "\n");
		at += length + (at[length] == '\n');
	}
}

/* A YAML string with its line's end. @text is printable. */
static void add_quoted(struct strbuf *out, const char *text, size_t length_bytes)
{
	strbuf_puts(out, "\"");
	for (size_t i = 0; i < length_bytes; i++) {
		if (text[i] == '"' || text[i] == '\\')
			strbuf_puts(out, "\\");
		strbuf_add(out, text + i, 1);
	}
	strbuf_puts(out, "\"\n");
}

/* What prove's reader understands of YAML: lists of strings with colons are not in it. */
static void add_yaml(struct tap *tap, const char *verdict, const struct strbuf *reason,
		     const struct strbuf *lines)
{
	struct strbuf *out = &tap->text;

	strbuf_printf(out, "  ---\n  verdict: \"%s\"\n  message: ", verdict);
	add_quoted(out, reason->text ? reason->text : "", reason->length_bytes);
	if (lines->length_bytes)
		strbuf_puts(out, "  evidence: |\n");
	tap_add_lines(out, "    ", lines);
	strbuf_puts(out, "  ...\n");
}

static void count_point(struct tap *tap, enum tap_outcome outcome)
{
	switch (outcome) {
	case TAP_PASS:
		tap->passed++;
		break;
	case TAP_FAIL:
		tap->failed++;
		break;
	case TAP_SKIP:
		tap->skipped++;
		break;
	case TAP_ERROR:
		tap->errors++;
		break;
	}
}

void tap_add_point(struct tap *tap, enum tap_outcome outcome, const char *verdict,
		   const struct strbuf *name, const struct strbuf *reason,
		   const struct strbuf *lines)
{
	bool ok = outcome == TAP_PASS || outcome == TAP_SKIP;

	if (tap->kernel)
		tap_add_lines(&tap->text, "# ", lines);
	if (name->error || reason->error)
		tap->text.error = -ENOMEM;
	strbuf_printf(&tap->text, "%s %zu%s %s", ok ? "ok" : "not ok", ++tap->number,
		      tap->kernel ? "" : " -", name->text ? name->text : "");
	if (outcome == TAP_SKIP)
		strbuf_printf(&tap->text, " # SKIP %s", reason->text ? reason->text : "");
	strbuf_puts(&tap->text, "\n");
	if (!tap->kernel)
		add_yaml(tap, verdict, reason, lines);
	count_point(tap, outcome);
}

void tap_add_totals(struct tap *tap)
{
	if (tap->kernel)
		strbuf_printf(&tap->text,
			      "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:%zu\n",
			      tap->passed, tap->failed, tap->skipped, tap->errors);
}
