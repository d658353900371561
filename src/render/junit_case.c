// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/junit_case.h"

#include <inttypes.h>

#include "base/escape.h"

/* Printable text with line breaks: what XML gives a meaning, quotes included. */
static void add_escaped(struct strbuf *out, const struct strbuf *text)
{
	static const struct {
		char character;
		const char *entity;
	} entities[] = {
		{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"},
	};
	const char *at = text->text ? text->text : "";

	if (text->error)
		out->error = text->error;
	while (*at) {
		size_t length = strcspn(at, "&<>\"'");

		strbuf_add(out, at, length);
		at += length;
		for (size_t i = 0; *at && i < ARRAY_SIZE(entities); i++)
			if (*at == entities[i].character)
				strbuf_puts(out, entities[i].entity);
		at += *at != '\0';
	}
}

/* A string from the machine. */
static void add_text(struct strbuf *out, const char *text)
{
	_cleanup_strbuf_ struct strbuf printable = {0};

	escape_printable(&printable, text);
	add_escaped(out, &printable);
}

void junit_add_case(struct junit *junit, const char *class, const struct strbuf *name,
		    double seconds, struct junit_outcome outcome, const struct strbuf *reason,
		    const struct strbuf *lines)
{
	static const char *const elements[JUNIT_KIND_COUNT] = {
		[JUNIT_PASS] = NULL,
		[JUNIT_FAILURE] = "failure",
		[JUNIT_ERROR] = "error",
		[JUNIT_SKIPPED] = "skipped",
	};
	const char *element = elements[outcome.kind];
	struct strbuf *out = &junit->cases;

	strbuf_printf(out, "    <testcase classname=\"%s\" name=\"", class);
	add_escaped(out, name);
	strbuf_printf(out, "\" time=\"%.6f\"", seconds);
	junit->counts[outcome.kind]++;
	junit->seconds += seconds;
	if (!element) {
		strbuf_puts(out, "/>\n");
		return;
	}
	strbuf_printf(out, ">\n      <%s message=\"", element);
	add_escaped(out, reason);
	strbuf_puts(out, "\"");
	if (outcome.type)
		strbuf_printf(out, " type=\"%s\"", outcome.type);
	strbuf_puts(out, ">");
	add_escaped(out, lines);
	strbuf_printf(out, "</%s>\n    </testcase>\n", element);
}

void junit_begin(struct strbuf *out, const struct junit *junit, const char *hostname,
		 const char *when)
{
	size_t tests = 0;

	for (size_t i = 0; i < JUNIT_KIND_COUNT; i++)
		tests += junit->counts[i];
	strbuf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
			 "  <testsuite id=\"0\" name=\"" PACKAGE_NAME "\" package=\"" PACKAGE_NAME
			 "\" hostname=\"");
	add_text(out, hostname[0] ? hostname : "localhost");
	/* The schemas want no zone, and Jenkins' no more than milliseconds for the whole suite. */
	strbuf_printf(out,
		      "\" timestamp=\"%.19s\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
		      "skipped=\"%zu\" time=\"%.3f\">\n",
		      when, tests, junit->counts[JUNIT_FAILURE], junit->counts[JUNIT_ERROR],
		      junit->counts[JUNIT_SKIPPED], junit->seconds);
	strbuf_puts(out, "    <properties>\n");
}

void junit_add_property(struct strbuf *out, const char *name, const char *value)
{
	strbuf_printf(out, "      <property name=\"%s\" value=\"", name);
	add_text(out, value);
	strbuf_puts(out, "\"/>\n");
}

void junit_add_number(struct strbuf *out, const char *name, uint64_t number)
{
	char value[24];

	snprintf(value, sizeof(value), "%" PRIu64, number);
	junit_add_property(out, name, value);
}

void junit_end(struct strbuf *out, struct junit *junit, const struct strbuf *output)
{
	strbuf_puts(out, "    </properties>\n");
	if (junit->cases.error)
		out->error = junit->cases.error;
	strbuf_puts(out, junit->cases.text ? junit->cases.text : "");
	strbuf_free(&junit->cases);
	strbuf_puts(out, "    <system-out>");
	add_escaped(out, output);
	strbuf_puts(out, "</system-out>\n    <system-err></system-err>\n  </testsuite>\n"
			 "</testsuites>\n");
}
