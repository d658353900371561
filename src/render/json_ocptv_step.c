// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_ocptv_step.h"

#include <inttypes.h>

#include "base/escape.h"
#include "render/json_head.h"
#include "render/when.h"

void ocptv_step_begin(struct ocptv *ocptv, size_t id, const struct strbuf *name)
{
	struct json_object *start = json_object_new_object();

	snprintf(ocptv->step, sizeof(ocptv->step), "%zu", id);
	ocptv_add_text(start, "name", name);
	ocptv_artifact(ocptv, "testStepStart", start);
}

void ocptv_step_end(struct ocptv *ocptv, const char *status)
{
	struct json_object *end = json_object_new_object();

	json_object_object_add(end, "status", json_object_new_string(status));
	ocptv_artifact(ocptv, "testStepEnd", end);
	ocptv->step[0] = '\0';
}

void ocptv_diagnosis(struct ocptv *ocptv, const char *verdict, const char *type,
		     const struct strbuf *message)
{
	struct json_object *diagnosis = json_object_new_object();

	json_object_object_add(diagnosis, "verdict", json_object_new_string(verdict));
	json_object_object_add(diagnosis, "type", json_object_new_string(type));
	ocptv_add_text(diagnosis, "message", message);
	ocptv_artifact(ocptv, "diagnosis", diagnosis);
}

static void write_measurement(struct ocptv *ocptv, const char *name, const char *unit,
			      struct json_object *value)
{
	struct json_object *measurement = json_object_new_object();

	json_object_object_add(measurement, "name", json_object_new_string(name));
	json_object_object_add(measurement, "value", value);
	if (unit)
		json_object_object_add(measurement, "unit", json_object_new_string(unit));
	ocptv_artifact(ocptv, "measurement", measurement);
}

static void write_seconds(struct ocptv *ocptv, const char *name, uint64_t duration_ns)
{
	char text[32];

	snprintf(text, sizeof(text), "%.9f", (double)duration_ns / 1e9);
	write_measurement(ocptv, name, "s",
			  json_object_new_double_s((double)duration_ns / 1e9, text));
}

/* Of the resets that returned success. */
static void write_latency(struct ocptv *ocptv, const struct latency *latency)
{
	if (latency->count == 1)
		write_seconds(ocptv, "reset-latency", latency->min_ns);
	if (latency->count <= 1)
		return;
	write_measurement(ocptv, "resets", NULL, json_object_new_uint64(latency->count));
	write_seconds(ocptv, "reset-latency-min", latency->min_ns);
	write_seconds(ocptv, "reset-latency-median", latency_quantile_ns(latency, 500));
	write_seconds(ocptv, "reset-latency-p99", latency_quantile_ns(latency, 990));
	write_seconds(ocptv, "reset-latency-max", latency->max_ns);
}

/* Takes over @content. */
static void write_extension(struct ocptv *ocptv, const char *name, struct json_object *content)
{
	struct json_object *extension = json_object_new_object();

	json_object_object_add(extension, "name", json_object_new_string(name));
	json_object_object_add(extension, "content", content);
	ocptv_artifact(ocptv, "extension", extension);
}

static void write_counts(struct ocptv *ocptv, const struct series *series)
{
	struct json_object *counts = json_object_new_object();

	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		json_object_object_add(counts, step_verdict_names[i],
				       json_object_new_uint64(series->counts[i]));
	write_extension(ocptv, "steps", counts);
}

static void write_finding(struct ocptv *ocptv, const struct finding *finding)
{
	struct json_object *content = json_object_new_object();
	struct json_object *evidence = json_object_new_array();
	_cleanup_strbuf_ struct strbuf text = {0};
	bool has_function = finding->function[0];

	escape_printable(&text, finding->text);
	ocptv_diagnosis(ocptv, finding->slug->name, "FAIL", &text);
	for (size_t i = 0; i < finding->evidence_count; i++)
		json_object_array_add(evidence, json_text(finding->evidence[i]));
	json_object_object_add(content, "slug", json_object_new_string(finding->slug->name));
	json_object_object_add(content, "function",
			       has_function ? json_text(finding->function) : NULL);
	json_object_object_add(content, "meaning", json_object_new_string(finding->slug->meaning));
	json_object_object_add(content, "remedy", json_object_new_string(finding->slug->remedy));
	json_object_object_add(content, "evidence", evidence);
	write_extension(ocptv, "finding", content);
}

static void write_notes(struct ocptv *ocptv, const struct step_result *result)
{
	for (size_t i = 0; i < result->note_count; i++) {
		_cleanup_strbuf_ struct strbuf text = {0};

		escape_printable(&text, result->notes[i]);
		ocptv_log(ocptv, "INFO", &text);
	}
}

/* Each step that is kept: what was found, and what it took to see that. */
static void write_kept(struct ocptv *ocptv, const struct points *points, const struct point *point)
{
	for (size_t i = point->first; i != NO_STEP; i = points->next[i]) {
		const struct step_result *result = &points->result->steps[i];

		if (points->result->totals.rounds <= 1)
			ocptv_advance(ocptv, step_end_ns(&points->run->steps[i]));
		for (size_t j = 0; j < result->finding_count; j++)
			write_finding(ocptv, &result->findings[j]);
		write_notes(ocptv, result);
	}
}

/* The step's own, of all rounds. */
static void write_verdict(struct ocptv *ocptv, const struct points *points,
			  const struct point *point)
{
	const struct slug *reason =
		point->lead == NO_STEP ? NULL : points->result->steps[point->lead].reason;
	_cleanup_strbuf_ struct strbuf text = {0};

	point_reason(&text, points, point);
	if (text.error)
		ocptv->error = text.error;
	switch (point->verdict) {
	case STEP_PASS:
		ocptv_diagnosis(ocptv, "reset-good", "PASS", &text);
		break;
	case STEP_FAIL:
		/* The findings are the diagnoses, unless none was kept. */
		if (!reason)
			ocptv_diagnosis(ocptv, "reset-failed", "FAIL", &text);
		break;
	case STEP_SKIP:
		ocptv_log(ocptv, "INFO", &text);
		break;
	case STEP_INCONCLUSIVE:
		ocptv_diagnosis(ocptv, reason ? reason->name : "inconclusive", "UNKNOWN", &text);
		break;
	}
}

void ocptv_step(struct ocptv *ocptv, const struct points *points, size_t index)
{
	const struct point *point = &points->list[index];
	_cleanup_strbuf_ struct strbuf name = {0};

	if (points->result->totals.rounds <= 1 && point->first != NO_STEP)
		ocptv_advance(ocptv, step_begin_ns(&points->run->steps[point->first]));
	strbuf_printf(&name, "%s ", scenario_names[point->series->scenario]);
	point_subject(&name, point);
	if (name.error)
		ocptv->error = name.error;
	ocptv_step_begin(ocptv, index, &name);
	write_kept(ocptv, points, point);
	write_latency(ocptv, &point->series->latency);
	write_counts(ocptv, point->series);
	write_verdict(ocptv, points, point);
	ocptv_step_end(ocptv, point->verdict == STEP_SKIP ? "SKIP" : "COMPLETE");
}
