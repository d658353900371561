// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/junit.h"

#include "render/junit_case.h"
#include "render/points.h"
#include "render/when.h"

static struct junit_outcome outcome_of(const struct points *points, const struct point *point)
{
	const struct slug *reason =
		point->lead == NO_STEP ? NULL : points->result->steps[point->lead].reason;

	switch (point->verdict) {
	case STEP_PASS:
		break;
	case STEP_FAIL:
		return (struct junit_outcome){JUNIT_FAILURE, reason ? reason->name : "fail"};
	case STEP_SKIP:
	case STEP_INCONCLUSIVE:
		return (struct junit_outcome){JUNIT_SKIPPED, NULL};
	}
	return (struct junit_outcome){0};
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
	junit_add_case(junit, scenario_names[point->series->scenario], &name, (double)time_ns / 1e9,
		       outcome_of(points, point), &reason, &lines);
}

static void add_run_case(struct junit *junit, const struct points *points, int exit_status)
{
	const struct run_result *result = points->result;
	enum conclusion conclusion = run_conclude(points->run, result, exit_status);
	struct junit_outcome outcome = {0};
	_cleanup_strbuf_ struct strbuf name = {0};
	_cleanup_strbuf_ struct strbuf reason = {0};
	_cleanup_strbuf_ struct strbuf lines = {0};

	strbuf_puts(&name, "verdict");
	conclusion_text(&reason, points->run, result, conclusion);
	switch (conclusion) {
	case CONCLUSION_PASS:
		break;
	case CONCLUSION_FAIL:
		outcome = (struct junit_outcome){JUNIT_FAILURE, run_verdict_names[result->verdict]};
		break;
	case CONCLUSION_UNPROVEN:
		outcome.kind = JUNIT_SKIPPED;
		break;
	case CONCLUSION_ENDED:
	case CONCLUSION_ERROR:
		outcome = (struct junit_outcome){
			JUNIT_ERROR, conclusion == CONCLUSION_ENDED ? "signal" : "error"};
		break;
	}
	junit_add_case(junit, "run", &name, 0, outcome, &reason, &lines);
}

static void add_properties(struct strbuf *out, const struct run_evidence *run,
			   const struct run_result *result, int exit_status)
{
	junit_add_property(out, "verdict", run_verdict_names[result->verdict]);
	junit_add_number(out, "exit_status", (uint64_t)exit_status);
	junit_add_property(out, "kernel",
			   run->facts.release[0] ? run->facts.release : run->host.release);
	junit_add_property(out, "static", static_verdict_name(result->static_verdict));
	junit_add_property(out, "run_id", run->run_id);
	junit_add_property(out, "tool_version", PACKAGE_VERSION);
	junit_add_number(out, "rounds", result->totals.rounds);
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++) {
		char name[32];

		snprintf(name, sizeof(name), "steps_%s", step_verdict_names[i]);
		junit_add_number(out, name, result->totals.counts[i]);
	}
	junit_add_number(out, "refused", run->refusal_count);
}

/* What the cases have no room for: refusals, warnings, and what those that passed rest on. */
static void add_output(struct strbuf *text, const struct points *points)
{
	points_notes(text, points->run);
	for (size_t i = 0; i < points->count; i++) {
		const struct point *point = &points->list[i];

		if (point->verdict != STEP_PASS)
			continue;
		strbuf_printf(text, "%s ", scenario_names[point->series->scenario]);
		point_subject(text, point);
		strbuf_puts(text, ":\n");
		point_describe(text, points, point);
	}
}

int junit_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		int exit_status)
{
	_cleanup_points_ struct points points = {0};
	_cleanup_strbuf_ struct strbuf text = {0}, output = {0};
	struct junit junit = {0};
	char when[WHEN_MAX];
	int r = points_make(run, result, &points);

	if (r < 0)
		return r;
	for (size_t i = 0; i < points.count; i++)
		add_step_case(&junit, &points, &points.list[i]);
	add_run_case(&junit, &points, exit_status);
	run_when(run, 0, when);
	junit_begin(&text, &junit, run->host.nodename, when);
	add_properties(&text, run, result, exit_status);
	add_output(&output, &points);
	junit_end(&text, &junit, &output);
	return strbuf_write(&text, out);
}
