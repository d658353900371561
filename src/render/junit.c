// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/junit.h"

#include <inttypes.h>

#include "base/escape.h"
#include "render/points.h"
#include "render/when.h"

/* How a test case did. */
struct outcome {
	const char *element; /* NULL: passed */
	const char *type;    /* of a failure or an error */
};

/* A document in the making: the cases, and what they add up to. */
struct junit {
	struct strbuf cases;
	size_t tests, failures, errors, skipped;
	double seconds;
};

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

static void add_case(struct junit *junit, const char *class, const struct strbuf *name,
		     double seconds, struct outcome outcome, const struct strbuf *reason,
		     const struct strbuf *lines)
{
	struct strbuf *out = &junit->cases;

	strbuf_printf(out, "    <testcase classname=\"%s\" name=\"", class);
	add_escaped(out, name);
	strbuf_printf(out, "\" time=\"%.6f\"", seconds);
	junit->tests++;
	junit->seconds += seconds;
	if (!outcome.element) {
		strbuf_puts(out, "/>\n");
		return;
	}
	strbuf_printf(out, ">\n      <%s message=\"", outcome.element);
	add_escaped(out, reason);
	strbuf_puts(out, "\"");
	if (outcome.type)
		strbuf_printf(out, " type=\"%s\"", outcome.type);
	strbuf_puts(out, ">");
	add_escaped(out, lines);
	strbuf_printf(out, "</%s>\n    </testcase>\n", outcome.element);
}

static struct outcome outcome_of(struct junit *junit, const struct points *points,
				 const struct point *point)
{
	const struct slug *reason =
		point->lead == NO_STEP ? NULL : points->result->steps[point->lead].reason;

	switch (point->verdict) {
	case STEP_PASS:
		break;
	case STEP_FAIL:
		junit->failures++;
		return (struct outcome){"failure", reason ? reason->name : "fail"};
	case STEP_SKIP:
	case STEP_INCONCLUSIVE:
		junit->skipped++;
		return (struct outcome){"skipped", NULL};
	}
	return (struct outcome){0};
}

static void add_step_case(struct junit *junit, const struct points *points,
			  const struct point *point)
{
	const struct latency *latency = &point->series->latency;
	bool single = point->steps == 1 && point->lead != NO_STEP;
	uint64_t time_ns =
		single ? points->result->steps[point->lead].duration_ns : latency->sum_ns;
	_cleanup_strbuf_ struct strbuf name = {0};
	_cleanup_strbuf_ struct strbuf reason = {0};
	_cleanup_strbuf_ struct strbuf lines = {0};

	point_subject(&name, point);
	point_reason(&reason, points, point);
	point_describe(&lines, points, point);
	add_case(junit, scenario_names[point->series->scenario], &name, (double)time_ns / 1e9,
		 outcome_of(junit, points, point), &reason, &lines);
}

static void add_run_case(struct junit *junit, const struct points *points, int exit_status)
{
	const struct run_result *result = points->result;
	enum conclusion conclusion = run_conclude(points->run, result, exit_status);
	struct outcome outcome = {0};
	_cleanup_strbuf_ struct strbuf name = {0};
	_cleanup_strbuf_ struct strbuf reason = {0};
	_cleanup_strbuf_ struct strbuf lines = {0};

	strbuf_puts(&name, "verdict");
	conclusion_text(&reason, points->run, result, conclusion);
	switch (conclusion) {
	case CONCLUSION_PASS:
		break;
	case CONCLUSION_FAIL:
		outcome = (struct outcome){"failure", run_verdict_names[result->verdict]};
		junit->failures++;
		break;
	case CONCLUSION_UNPROVEN:
		outcome.element = "skipped";
		junit->skipped++;
		break;
	case CONCLUSION_ENDED:
	case CONCLUSION_ERROR:
		outcome = (struct outcome){"error",
					   conclusion == CONCLUSION_ENDED ? "signal" : "error"};
		junit->errors++;
		break;
	}
	add_case(junit, "run", &name, 0, outcome, &reason, &lines);
}

static void add_property(struct strbuf *out, const char *name, const char *value)
{
	strbuf_printf(out, "      <property name=\"%s\" value=\"", name);
	add_text(out, value);
	strbuf_puts(out, "\"/>\n");
}

static void add_number(struct strbuf *out, const char *name, uint64_t number)
{
	char value[24];

	snprintf(value, sizeof(value), "%" PRIu64, number);
	add_property(out, name, value);
}

static void add_properties(struct strbuf *out, const struct run_evidence *run,
			   const struct run_result *result, int exit_status)
{
	strbuf_puts(out, "    <properties>\n");
	add_property(out, "verdict", run_verdict_names[result->verdict]);
	add_number(out, "exit_status", (uint64_t)exit_status);
	add_property(out, "kernel", run->facts.release[0] ? run->facts.release : run->host.release);
	add_property(out, "static", static_verdict_name(result->static_verdict));
	add_property(out, "run_id", run->run_id);
	add_property(out, "tool_version", PACKAGE_VERSION);
	add_number(out, "rounds", result->totals.rounds);
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++) {
		char name[32];

		snprintf(name, sizeof(name), "steps_%s", step_verdict_names[i]);
		add_number(out, name, result->totals.counts[i]);
	}
	add_number(out, "refused", run->refusal_count);
	strbuf_puts(out, "    </properties>\n");
}

/* What the cases have no room for: refusals, warnings, and what those that passed rest on. */
static void add_output(struct strbuf *out, const struct points *points)
{
	const struct run_evidence *run = points->run;
	_cleanup_strbuf_ struct strbuf text = {0};

	for (size_t i = 0; i < run->refusal_count; i++) {
		strbuf_puts(&text, "refused: ");
		escape_printable(&text, run->refusals[i].function);
		strbuf_puts(&text, ": ");
		escape_printable(&text, run->refusals[i].reason);
		strbuf_puts(&text, ": ");
		escape_printable(&text, run->refusals[i].text);
		strbuf_puts(&text, "\n");
	}
	for (size_t i = 0; i < run->warning_count; i++) {
		strbuf_puts(&text, "warning: ");
		escape_printable(&text, run->warnings[i]);
		strbuf_puts(&text, "\n");
	}
	for (size_t i = 0; i < points->count; i++) {
		const struct point *point = &points->list[i];

		if (point->verdict != STEP_PASS)
			continue;
		strbuf_printf(&text, "%s ", scenario_names[point->series->scenario]);
		point_subject(&text, point);
		strbuf_puts(&text, ":\n");
		point_describe(&text, points, point);
	}
	strbuf_puts(out, "    <system-out>");
	add_escaped(out, &text);
	strbuf_puts(out, "</system-out>\n    <system-err></system-err>\n");
}

static void add_suite(struct strbuf *out, const struct junit *junit, const struct points *points)
{
	const struct run_evidence *run = points->run;
	char when[WHEN_MAX];

	run_when(run, 0, when);
	/* The schemas want seconds and no zone. */
	when[strlen("0000-00-00T00:00:00")] = '\0';
	strbuf_puts(out, "  <testsuite id=\"0\" name=\"" PACKAGE_NAME "\" package=\"" PACKAGE_NAME
			 "\" hostname=\"");
	add_text(out, run->host.nodename[0] ? run->host.nodename : "localhost");
	strbuf_printf(out,
		      "\" timestamp=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
		      "skipped=\"%zu\" time=\"%.6f\">\n",
		      when, junit->tests, junit->failures, junit->errors, junit->skipped,
		      junit->seconds);
}

int junit_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		int exit_status)
{
	_cleanup_points_ struct points points = {0};
	_cleanup_strbuf_ struct strbuf text = {0};
	struct junit junit = {0};
	int r = points_make(run, result, &points);

	if (r < 0)
		return r;
	for (size_t i = 0; i < points.count; i++)
		add_step_case(&junit, &points, &points.list[i]);
	add_run_case(&junit, &points, exit_status);
	strbuf_puts(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
	add_suite(&text, &junit, &points);
	add_properties(&text, run, result, exit_status);
	if (junit.cases.error)
		text.error = junit.cases.error;
	strbuf_puts(&text, junit.cases.text ? junit.cases.text : "");
	add_output(&text, &points);
	strbuf_puts(&text, "  </testsuite>\n</testsuites>\n");
	strbuf_free(&junit.cases);
	return strbuf_write(&text, out);
}
