// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_step.h"

#include <json-c/json.h>

#include "render/json_background.h"
#include "render/json_head.h"
#include "render/json_observed.h"

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add(object, key, value);
}

static struct json_object *group_or_null(int group)
{
	return group == NO_GROUP ? NULL : json_object_new_int(group);
}

/* "0x1af4", as sysfs spells ids. */
static struct json_object *id_text(uint16_t id)
{
	char text[8];

	snprintf(text, sizeof(text), "0x%04x", id);
	return json_object_new_string(text);
}

/* What a write returned: errno, 0 for success; null when it has not begun, or not returned. */
static struct json_object *status_or_null(bool started, bool hung, int error)
{
	return started && (!hung || error) ? json_object_new_int(error) : NULL;
}

static struct json_object *subject_object(const struct subject *subject)
{
	struct json_object *object = json_object_new_object();
	uint64_t duration_ns =
		subject->end_ns > subject->begin_ns ? subject->end_ns - subject->begin_ns : 0;

	add(object, "function", json_text(subject->function));
	add(object, "role", json_text(subject_role_names[subject->role]));
	add(object, "vendor", id_text(subject->vendor));
	add(object, "device", id_text(subject->device));
	add(object, "group", group_or_null(subject->group));
	add(object, "domain_type", json_text_or_null(subject->domain_type));
	add(object, "upstream", json_text_or_null(subject->upstream));
	add(object, "iommu", json_text_or_null(subject->iommu));
	add(object, "driver", json_text_or_null(subject->driver));
	add(object, "driver_after", json_text_or_null(subject->driver_after));
	add(object, "is_vf", json_object_new_boolean(subject->is_vf));
	add(object, "gate_open", json_tri(subject->gate));
	add(object, "started", json_object_new_boolean(subject->started));
	add(object, "select_status", json_object_new_int(subject->select_errno));
	add(object, "write_status",
	    status_or_null(subject->started, subject->hung, subject->write_errno));
	add(object, "unbound", json_object_new_boolean(subject->unbound));
	add(object, "unbind_status", json_object_new_int(subject->unbind_errno));
	add(object, "bind_status", json_object_new_int(subject->bind_errno));
	add(object, "restore_status", json_object_new_int(subject->restore_errno));
	add(object, "duration_ns", json_object_new_uint64(duration_ns));
	add(object, "hung", json_object_new_boolean(subject->hung));
	add(object, "hung_where", json_text_or_null(subject->hung_where));
	add(object, "present_after",
	    subject->started ? json_object_new_boolean(subject->present_after) : NULL);
	add(object, "methods_before", json_text(subject->methods_before));
	add(object, "methods_after", json_text(subject->methods_after));
	add(object, "kept_for", json_text_or_null(subject->kept_for));
	return object;
}

/* What went through a function while it was reset. */
static struct json_object *traffic_object(const struct traffic *traffic)
{
	struct json_object *object = json_object_new_object();

	add(object, "function", json_text(traffic->function));
	add(object, "device", json_text_or_null(traffic->device));
	add(object, "started", json_object_new_boolean(traffic->started));
	add(object, "ended", json_object_new_boolean(traffic->ended));
	add(object, "status", json_object_new_int(traffic->error));
	add(object, "reads_before", json_object_new_uint64(traffic->reads_before));
	add(object, "reads_within", json_object_new_uint64(traffic->reads_within));
	add(object, "reads_after", json_object_new_uint64(traffic->reads_after));
	add(object, "sent_before", json_object_new_uint64(traffic->sent_before));
	add(object, "sent_within", json_object_new_uint64(traffic->sent_within));
	add(object, "sent_after", json_object_new_uint64(traffic->sent_after));
	add(object, "mismatches", json_object_new_uint64(traffic->mismatches));
	add(object, "longest_ns", json_object_new_uint64(traffic->longest_ns));
	add(object, "lower_status", json_object_new_int(traffic->lower_error));
	add(object, "still_up", json_object_new_boolean(traffic->still_up));
	return object;
}

static struct json_object *vf_object(const struct step_vf *vf)
{
	struct json_object *object = json_object_new_object();

	add(object, "function", json_text(vf->function));
	add(object, "physical_function", json_text(vf->physfn));
	add(object, "answers_before", json_tri(vf_answers(vf->header_before)));
	add(object, "answers_after", json_tri(vf_answers(vf->header_after)));
	return object;
}

/* A write beside the resets. */
static struct json_object *write_object(const struct step_write *write)
{
	struct json_object *object = json_object_new_object();
	uint64_t duration_ns =
		write->end_ns > write->begin_ns ? write->end_ns - write->begin_ns : 0;

	add(object, "kind", json_text(write_kind_names[write->kind]));
	add(object, "function", json_text(write->function));
	add(object, "value", json_text(write->value));
	add(object, "status", status_or_null(write->started, write->hung, write->error));
	add(object, "hung", json_object_new_boolean(write->hung));
	add(object, "after", json_text_or_null(write->after));
	add(object, "duration_ns", json_object_new_uint64(duration_ns));
	return object;
}

static struct json_object *finding_object(const struct finding *finding)
{
	struct json_object *object = json_object_new_object();

	add(object, "slug", json_text(finding->slug->name));
	add(object, "text", json_text(finding->text));
	add(object, "function", json_text_or_null(finding->function));
	add(object, "meaning", json_text(finding->slug->meaning));
	add(object, "cause", json_text(finding->slug->cause));
	add(object, "remedy", json_text(finding->slug->remedy));
	add(object, "evidence", json_text_list(finding->evidence, finding->evidence_count));
	return object;
}

static struct json_object *trace_object(const struct step_evidence *step)
{
	struct json_object *object = json_object_new_object();
	const struct trace_state *state = &step->trace_state;

	add(object, "source", json_text(trace_source_names[state->source]));
	add(object, "why", json_text_or_null(state->why));
	add(object, "missing", json_text_or_null(state->missing));
	add(object, "unarmed", json_text_or_null(state->unarmed));
	add(object, "events", json_object_new_uint64(step->trace_count));
	add(object, "lost", json_object_new_uint64(state->lost));
	return object;
}

static struct json_object *log_object(const struct step_evidence *step)
{
	struct json_object *object = json_object_new_object();
	const struct log_state *state = &step->log_state;

	add(object, "readable", json_object_new_boolean(state->readable));
	add(object, "why", json_text_or_null(state->why));
	add(object, "markers_seen",
	    json_object_new_boolean(state->marked && state->begin_seen && state->end_seen));
	add(object, "records", json_object_new_uint64(step->log_count));
	add(object, "lost", json_object_new_uint64(state->lost));
	add(object, "passed_over", json_object_new_uint64(state->passed_over));
	add(object, "over_limit", json_object_new_uint64(state->over_limit));
	return object;
}

/* What the judge says of a function; a verdict of its own it has in a step of several alone. */
static void add_subject_result(struct json_object *object, const struct subject_result *result,
			       bool of_several)
{
	add(object, "ready_ms", result->ready_ms ? json_object_new_int64(result->ready_ms) : NULL);
	if (!of_several)
		return;
	add(object, "verdict", json_text(step_verdict_names[result->verdict]));
	add(object, "reason", result->reason ? json_text(result->reason->name) : NULL);
}

/* The first that failed; success only if all returned it. */
static struct json_object *write_status(const struct step_evidence *step)
{
	bool all = step->subject_count > 0;

	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		if (subject->started && subject->write_errno)
			return json_object_new_int(subject->write_errno);
		if (!subject->started || subject->hung)
			all = false;
	}
	return all ? json_object_new_int(0) : NULL;
}

static void add_subjects(struct json_object *object, const struct step_evidence *step,
			 const struct step_result *result)
{
	struct json_object *functions = json_object_new_array();
	struct json_object *subjects = json_object_new_array();
	struct json_object *writes = json_object_new_array();
	struct json_object *traffic = json_object_new_array();
	struct json_object *vfs = json_object_new_array();

	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		json_object_array_add(functions, json_text(subject->function));
		json_object_array_add(subjects, subject_object(subject));
		add_subject_result(json_object_array_get_idx(subjects, i), &result->subjects[i],
				   step->subject_count > 1 && !step->skip_reason[0]);
	}
	for (size_t i = 0; i < step->write_count; i++)
		json_object_array_add(writes, write_object(&step->writes[i]));
	add(object, "functions", functions);
	add(object, "group", step->subject_count ? group_or_null(step->subjects[0].group) : NULL);
	add(object, "method", json_text_or_null(step->method));
	add(object, "write_status", write_status(step));
	add(object, "subjects", subjects);
	add(object, "writes", writes);
	for (size_t i = 0; i < step->traffic_count; i++)
		json_object_array_add(traffic, traffic_object(&step->traffic[i]));
	add(object, "traffic", traffic);
	for (size_t i = 0; i < step->vf_count; i++)
		json_object_array_add(vfs, vf_object(&step->vfs[i]));
	add(object, "vfs", vfs);
}

struct json_object *json_step(const struct step_evidence *step, const struct step_result *result)
{
	struct json_object *object = json_object_new_object();
	struct json_object *findings = json_object_new_array();

	for (size_t i = 0; i < result->finding_count; i++)
		json_object_array_add(findings, finding_object(&result->findings[i]));
	add(object, "number", json_object_new_int64(step->number));
	if (step->round > 1)
		add(object, "round", json_object_new_int64(step->round));
	add(object, "scenario", json_text(scenario_names[step->scenario]));
	add_subjects(object, step, result);
	add(object, "verdict", json_text(step_verdict_names[result->verdict]));
	add(object, "reason", result->reason ? json_text(result->reason->name) : NULL);
	add(object, "text", json_text(result->text));
	add(object, "depth_max", json_object_new_int64(result->depth_max));
	add(object, "blocked", json_object_new_boolean(result->blocked));
	add(object, "overlapped", json_object_new_boolean(result->overlapped));
	add(object, "duration_ns", json_object_new_uint64(result->duration_ns));
	add(object, "findings", findings);
	add(object, "incomplete", json_text_or_null(step->incomplete));
	add(object, "notes", json_text_list(result->notes, result->note_count));
	add(object, "background", json_background(result->background, result->background_count));
	add(object, "trace", trace_object(step));
	add(object, "log", log_object(step));
	json_add_counters(object, step);
	json_add_registers(object, result);
	return object;
}
