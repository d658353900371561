// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_ocptv.h"

#include "base/escape.h"
#include "render/json_head.h"
#include "render/json_ocptv_line.h"
#include "render/json_ocptv_step.h"
#include "render/points.h"

static struct json_object *software(const char *id, const char *name, const char *version,
				    const char *type)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "softwareInfoId", json_object_new_string(id));
	json_object_object_add(object, "name", json_object_new_string(name));
	json_object_object_add(object, "version", json_text(version));
	json_object_object_add(object, "softwareType", json_object_new_string(type));
	return object;
}

static struct json_object *dut_info(const struct run_evidence *run)
{
	const char *release = run->facts.release[0] ? run->facts.release : run->host.release;
	struct json_object *dut = json_object_new_object();
	struct json_object *list = json_object_new_array();

	json_object_object_add(dut, "dutInfoId", json_object_new_string("0"));
	json_object_object_add(dut, "name", json_text(run->host.nodename));
	json_object_array_add(list, software("0", "Linux", release, "SYSTEM"));
	json_object_array_add(list, software("1", PACKAGE_NAME, run->tool_version, "APPLICATION"));
	json_object_object_add(dut, "softwareInfos", list);
	return dut;
}

static void write_start(struct ocptv *ocptv)
{
	struct json_object *start = json_object_new_object();

	json_object_object_add(start, "name", json_object_new_string(PACKAGE_NAME));
	json_object_object_add(start, "version", json_object_new_string(PACKAGE_VERSION));
	/* The evidence does not keep the arguments. */
	json_object_object_add(start, "commandLine", json_object_new_string(PACKAGE_NAME " run"));
	json_object_object_add(start, "parameters", json_object_new_object());
	json_object_object_add(start, "dutInfo", dut_info(ocptv->run));
	ocptv_artifact(ocptv, "testRunStart", start);
}

static void write_logs(struct ocptv *ocptv)
{
	const struct run_evidence *run = ocptv->run;

	for (size_t i = 0; i < run->refusal_count; i++) {
		_cleanup_strbuf_ struct strbuf text = {0};

		strbuf_puts(&text, "refused: ");
		escape_printable(&text, run->refusals[i].function);
		strbuf_puts(&text, ": ");
		escape_printable(&text, run->refusals[i].reason);
		strbuf_puts(&text, ": ");
		escape_printable(&text, run->refusals[i].text);
		ocptv_log(ocptv, "INFO", &text);
	}
	for (size_t i = 0; i < run->warning_count; i++) {
		_cleanup_strbuf_ struct strbuf text = {0};

		escape_printable(&text, run->warnings[i]);
		ocptv_log(ocptv, "WARNING", &text);
	}
}

/* The run's verdict is the diagnosis of a step of its own: the specification has no other place. */
static void write_verdict(struct ocptv *ocptv, const struct points *points,
			  enum conclusion conclusion)
{
	static const char *const types[] = {
		[CONCLUSION_PASS] = "PASS",	   [CONCLUSION_FAIL] = "FAIL",
		[CONCLUSION_UNPROVEN] = "UNKNOWN", [CONCLUSION_ENDED] = "UNKNOWN",
		[CONCLUSION_ERROR] = "UNKNOWN",
	};
	_cleanup_strbuf_ struct strbuf name = {0};
	_cleanup_strbuf_ struct strbuf text = {0};

	strbuf_puts(&name, "verdict");
	conclusion_text(&text, points->run, points->result, conclusion);
	ocptv_step_begin(ocptv, points->count, &name);
	ocptv_diagnosis(ocptv, run_verdict_names[points->result->verdict], types[conclusion],
			&text);
	ocptv_step_end(ocptv, "COMPLETE");
	if (conclusion == CONCLUSION_ERROR) {
		struct json_object *error = json_object_new_object();

		json_object_object_add(
			error, "symptom",
			json_object_new_string(points->run->cut ? "killed" : "harness-error"));
		ocptv_add_text(error, "message", &text);
		ocptv_artifact(ocptv, "error", error);
	} else if (points->run->signal) {
		ocptv_log(ocptv, "WARNING", &text);
	}
}

/* Which of both go together is fixed: what is neither passed nor failed was skipped or an error. */
static void write_end(struct ocptv *ocptv, enum conclusion conclusion)
{
	static const char *const words[][2] = {
		[CONCLUSION_PASS] = {"COMPLETE", "PASS"},
		[CONCLUSION_FAIL] = {"COMPLETE", "FAIL"},
		[CONCLUSION_UNPROVEN] = {"SKIP", "NOT_APPLICABLE"},
		[CONCLUSION_ENDED] = {"SKIP", "NOT_APPLICABLE"},
		[CONCLUSION_ERROR] = {"ERROR", "NOT_APPLICABLE"},
	};
	struct json_object *end = json_object_new_object();

	json_object_object_add(end, "status", json_object_new_string(words[conclusion][0]));
	json_object_object_add(end, "result", json_object_new_string(words[conclusion][1]));
	ocptv_artifact(ocptv, "testRunEnd", end);
}

int json_ocptv_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		     int exit_status)
{
	enum conclusion conclusion = run_conclude(run, result, exit_status);
	struct ocptv ocptv = {.out = out, .run = run};
	_cleanup_points_ struct points points = {0};
	int r = points_make(run, result, &points);

	if (r < 0)
		return r;
	ocptv_schema_version(&ocptv);
	write_start(&ocptv);
	write_logs(&ocptv);
	for (size_t i = 0; i < points.count; i++)
		ocptv_step(&ocptv, &points, i);
	write_verdict(&ocptv, &points, conclusion);
	write_end(&ocptv, conclusion);
	return ocptv.error;
}
