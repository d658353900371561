// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/points.h"

#include <errno.h>

/* What the program ends with after an error. */
#define STATUS_ERROR 2

static enum step_verdict worst(const uint64_t counts[STEP_VERDICT_COUNT])
{
	static const enum step_verdict order[] = {STEP_FAIL, STEP_INCONCLUSIVE, STEP_PASS};

	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		if (counts[order[i]])
			return order[i];
	return STEP_SKIP;
}

static void begin_point(struct point *point, const struct series *series)
{
	*point = (struct point){.series = series, .first = NO_STEP, .lead = NO_STEP};
	point->verdict = worst(series->counts);
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		point->steps += series->counts[i];
}

/* Rounds go through the series in the same order each time. */
static struct point *find_point(const struct points *points, const struct step_evidence *step,
				size_t expected)
{
	for (size_t i = 0; i < points->count; i++) {
		struct point *point = &points->list[(expected + i) % points->count];

		if (series_has(point->series, step))
			return point;
	}
	return NULL;
}

int points_make(const struct run_evidence *run, const struct run_result *result, struct points *out)
{
	const struct totals *totals = &result->totals;
	size_t *last = calloc(totals->series_count + 1, sizeof(*last));
	size_t expected = 0;

	*out = (struct points){.run = run, .result = result, .count = totals->series_count};
	out->list = calloc(totals->series_count + 1, sizeof(*out->list));
	out->next = calloc(run->step_count + 1, sizeof(*out->next));
	if (!last || !out->list || !out->next) {
		free(last);
		points_free(out);
		return -ENOMEM;
	}
	for (size_t i = 0; i < out->count; i++)
		begin_point(&out->list[i], &totals->series[i]);
	for (size_t i = 0; i < run->step_count; i++) {
		struct point *point = find_point(out, &run->steps[i], expected);

		out->next[i] = NO_STEP;
		if (!point)
			continue;
		expected = (size_t)(point - out->list);
		if (point->first == NO_STEP)
			point->first = i;
		else
			out->next[last[expected]] = i;
		if (point->lead == NO_STEP && result->steps[i].verdict == point->verdict)
			point->lead = i;
		last[expected++] = i;
	}
	free(last);
	return 0;
}

void points_free(struct points *points)
{
	free(points->list);
	free(points->next);
	*points = (struct points){0};
}

enum conclusion run_conclude(const struct run_evidence *run, const struct run_result *result,
			     int exit_status)
{
	if (result->verdict == RUN_VULNERABLE || result->verdict == RUN_BROKEN)
		return CONCLUSION_FAIL;
	if (exit_status == STATUS_ERROR || run->cut)
		return CONCLUSION_ERROR;
	if (run->signal)
		return CONCLUSION_ENDED;
	return result->verdict == RUN_FIXED || result->verdict == RUN_NOT_AFFECTED
		       ? CONCLUSION_PASS
		       : CONCLUSION_UNPROVEN;
}

void conclusion_text(struct strbuf *out, const struct run_evidence *run,
		     const struct run_result *result, enum conclusion conclusion)
{
	if (conclusion == CONCLUSION_ERROR)
		strbuf_puts(out, run->cut ? "the run was killed; "
					  : "an error ended the run or its output; ");
	if (run->signal)
		strbuf_printf(out, "ended early by signal %d; ", run->signal);
	strbuf_printf(out, "%s: %s", run_verdict_names[result->verdict], result->summary);
}
