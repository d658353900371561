// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/tap.h"

#include <errno.h>
#include <inttypes.h>

#include "base/escape.h"
#include "render/points.h"

/* A document in the making. */
struct tap {
	struct strbuf text;
	bool kernel; /* KTAP: what explains a point comes before it, as comments */
	size_t number, passed, failed, skipped;
};

/* Each line of @text with something before it. */
static void add_lines(struct strbuf *out, const char *before, const struct strbuf *text)
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
	add_lines(out, "    ", lines);
	strbuf_puts(out, "  ...\n");
}

/*
 * One point. @verdict is the tool's own word for it. Neither form has one for what was not shown:
 * that is a skip, never a pass.
 */
static void add_point(struct tap *tap, enum step_verdict kind, const char *verdict,
		      const struct strbuf *name, const struct strbuf *reason,
		      const struct strbuf *lines)
{
	bool skip = kind == STEP_SKIP || kind == STEP_INCONCLUSIVE;

	if (tap->kernel)
		add_lines(&tap->text, "# ", lines);
	if (name->error || reason->error)
		tap->text.error = -ENOMEM;
	strbuf_printf(&tap->text, "%s %zu%s %s", kind == STEP_FAIL ? "not ok" : "ok", ++tap->number,
		      tap->kernel ? "" : " -", name->text ? name->text : "");
	if (skip)
		strbuf_printf(&tap->text, " # SKIP %s", reason->text ? reason->text : "");
	strbuf_puts(&tap->text, "\n");
	if (!tap->kernel)
		add_yaml(tap, verdict, reason, lines);
	*(skip ? &tap->skipped : kind == STEP_FAIL ? &tap->failed : &tap->passed) += 1;
}

static void add_step_point(struct tap *tap, const struct points *points, const struct point *point)
{
	_cleanup_strbuf_ struct strbuf name = {0};
	_cleanup_strbuf_ struct strbuf reason = {0};
	_cleanup_strbuf_ struct strbuf lines = {0};

	strbuf_printf(&name, "%s ", scenario_names[point->series->scenario]);
	point_subject(&name, point);
	point_reason(&reason, points, point);
	point_describe(&lines, points, point);
	add_point(tap, point->verdict, step_verdict_names[point->verdict], &name, &reason, &lines);
}

static void add_run_point(struct tap *tap, const struct points *points, int exit_status)
{
	static const enum step_verdict kinds[] = {
		[CONCLUSION_PASS] = STEP_PASS,	   [CONCLUSION_FAIL] = STEP_FAIL,
		[CONCLUSION_UNPROVEN] = STEP_SKIP, [CONCLUSION_ENDED] = STEP_FAIL,
		[CONCLUSION_ERROR] = STEP_FAIL,
	};
	const struct run_evidence *run = points->run;
	enum conclusion conclusion = run_conclude(run, points->result, exit_status);
	_cleanup_strbuf_ struct strbuf name = {0};
	_cleanup_strbuf_ struct strbuf reason = {0};
	_cleanup_strbuf_ struct strbuf lines = {0};

	strbuf_puts(&name, "verdict");
	conclusion_text(&reason, run, points->result, conclusion);
	if (tap->kernel)
		strbuf_printf(&lines, "%s\n", reason.text ? reason.text : "");
	if (points->result->contradiction)
		strbuf_puts(&lines, "static-contradiction: what the kernel was built with and what "
				    "it did contradict each other\n");
	add_point(tap, kinds[conclusion], run_verdict_names[points->result->verdict], &name,
		  &reason, &lines);
	if (conclusion == CONCLUSION_ENDED || conclusion == CONCLUSION_ERROR)
		strbuf_printf(&tap->text, "Bail out! %s\n", reason.text ? reason.text : "");
}

static void add_head(struct tap *tap, const struct run_evidence *run)
{
	_cleanup_strbuf_ struct strbuf lines = {0};

	strbuf_puts(&lines, PACKAGE_NAME " " PACKAGE_VERSION ", run of ");
	escape_printable(&lines, run->started);
	strbuf_puts(&lines, " on ");
	escape_printable(&lines, run->host.nodename);
	strbuf_puts(&lines, ", kernel ");
	escape_printable(&lines, run->facts.release[0] ? run->facts.release : run->host.release);
	strbuf_puts(&lines, "\n");
	for (size_t i = 0; i < run->refusal_count; i++) {
		strbuf_puts(&lines, "refused: ");
		escape_printable(&lines, run->refusals[i].function);
		strbuf_puts(&lines, ": ");
		escape_printable(&lines, run->refusals[i].reason);
		strbuf_puts(&lines, ": ");
		escape_printable(&lines, run->refusals[i].text);
		strbuf_puts(&lines, "\n");
	}
	for (size_t i = 0; i < run->warning_count; i++) {
		strbuf_puts(&lines, "warning: ");
		escape_printable(&lines, run->warnings[i]);
		strbuf_puts(&lines, "\n");
	}
	add_lines(&tap->text, "# ", &lines);
}

static void add_totals(struct tap *tap, const struct points *points)
{
	const uint64_t *counts = points->result->totals.counts;

	strbuf_printf(&tap->text,
		      "# Steps: pass:%" PRIu64 " fail:%" PRIu64 " skip:%" PRIu64
		      " inconclusive:%" PRIu64 " refused:%zu\n",
		      counts[STEP_PASS], counts[STEP_FAIL], counts[STEP_SKIP],
		      counts[STEP_INCONCLUSIVE], points->run->refusal_count);
	/* As kselftest counts the points. */
	if (tap->kernel)
		strbuf_printf(&tap->text,
			      "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:0\n",
			      tap->passed, tap->failed, tap->skipped);
}

static int write_document(FILE *out, const struct run_evidence *run,
			  const struct run_result *result, int exit_status, bool kernel)
{
	_cleanup_points_ struct points points = {0};
	struct tap tap = {.kernel = kernel};
	int r = points_make(run, result, &points);

	if (r < 0)
		return r;
	strbuf_printf(&tap.text, "%s\n1..%zu\n", kernel ? "KTAP version 1" : "TAP version 13",
		      points.count + 1);
	add_head(&tap, run);
	for (size_t i = 0; i < points.count; i++)
		add_step_point(&tap, &points, &points.list[i]);
	add_run_point(&tap, &points, exit_status);
	add_totals(&tap, &points);
	r = strbuf_write(&tap.text, out);
	strbuf_free(&tap.text);
	return r;
}

int tap_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
	      int exit_status)
{
	return write_document(out, run, result, exit_status, false);
}

int ktap_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
	       int exit_status)
{
	return write_document(out, run, result, exit_status, true);
}
