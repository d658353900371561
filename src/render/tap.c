// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/tap.h"

#include <inttypes.h>

#include "base/escape.h"
#include "render/points.h"
#include "render/tap_point.h"

/* What was not shown is a skip, never a pass. */
static enum tap_outcome outcome_of(enum step_verdict verdict)
{
	switch (verdict) {
	case STEP_PASS:
		return TAP_PASS;
	case STEP_FAIL:
		return TAP_FAIL;
	case STEP_SKIP:
	case STEP_INCONCLUSIVE:
		break;
	}
	return TAP_SKIP;
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
	tap_add_point(tap, outcome_of(point->verdict), step_verdict_names[point->verdict], &name,
		      &reason, &lines);
}

static void add_run_point(struct tap *tap, const struct points *points, int exit_status)
{
	static const enum tap_outcome outcomes[] = {
		[CONCLUSION_PASS] = TAP_PASS,	  [CONCLUSION_FAIL] = TAP_FAIL,
		[CONCLUSION_UNPROVEN] = TAP_SKIP, [CONCLUSION_ENDED] = TAP_FAIL,
		[CONCLUSION_ERROR] = TAP_FAIL,
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
	tap_add_point(tap, outcomes[conclusion], run_verdict_names[points->result->verdict], &name,
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
	points_notes(&lines, run);
	tap_add_lines(&tap->text, "# ", &lines);
}

static void add_totals(struct tap *tap, const struct points *points)
{
	const uint64_t *counts = points->result->totals.counts;

	strbuf_printf(&tap->text,
		      "# Steps: pass:%" PRIu64 " fail:%" PRIu64 " skip:%" PRIu64
		      " inconclusive:%" PRIu64 " refused:%zu\n",
		      counts[STEP_PASS], counts[STEP_FAIL], counts[STEP_SKIP],
		      counts[STEP_INCONCLUSIVE], points->run->refusal_count);
	tap_add_totals(tap);
}

static int write_document(FILE *out, const struct run_evidence *run,
			  const struct run_result *result, int exit_status, bool kernel)
{
	_cleanup_points_ struct points points = {0};
	struct tap tap = {.kernel = kernel};
	int r = points_make(run, result, &points);

	if (r < 0)
		return r;
	tap_begin(&tap, points.count + 1);
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
