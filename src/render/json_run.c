// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_run.h"

#include <json-c/json.h>

#include "render/json_background.h"
#include "render/json_head.h"
#include "render/json_observed.h"
#include "render/json_rounds.h"
#include "render/json_step.h"

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add(object, key, value);
}

static struct json_object *refused_list(const struct run_evidence *run)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < run->refusal_count; i++) {
		const struct refusal *refusal = &run->refusals[i];
		struct json_object *object = json_object_new_object();

		add(object, "function", json_text(refusal->function));
		add(object, "reason", json_text(refusal->reason));
		add(object, "text", json_text(refusal->text));
		add(object, "override", json_text_or_null(refusal->override));
		json_object_array_add(list, object);
	}
	return list;
}

/* The run that was observed, which may be another program version's than this document. */
void json_add_run(struct json_object *doc, const struct run_evidence *run)
{
	struct json_object *object = json_object_new_object();

	add(object, "id", json_text(run->run_id));
	add(object, "started", json_text(run->started));
	add(object, "tool_version", json_text(run->tool_version));
	add(object, "tool_features", json_text(run->tool_features));
	add(object, "signal", run->signal ? json_object_new_int(run->signal) : NULL);
	if (run->cut)
		add(object, "cut", json_object_new_boolean(true));
	add(doc, "run", object);
}

/* Of the run as a whole; the findings of a step stand with the step. */
static struct json_object *run_findings(const struct run_result *result)
{
	struct json_object *list = json_object_new_array();
	const struct slug *slug = slug_find("static-contradiction");
	struct json_object *finding, *evidence;

	if (!result->contradiction)
		return list;
	finding = json_object_new_object();
	evidence = json_object_new_array();
	json_object_array_add(evidence, json_text(result->static_reason));
	json_object_array_add(evidence, json_text(result->summary));
	add(finding, "slug", json_text(slug->name));
	add(finding, "text", json_text(slug->meaning));
	add(finding, "evidence", evidence);
	json_object_array_add(list, finding);
	return list;
}

void json_add_verdict(struct json_object *doc, const struct run_result *result, int exit_status)
{
	add(doc, "verdict", json_text(run_verdict_names[result->verdict]));
	add(doc, "exit_status", json_object_new_int(exit_status));
	add(doc, "summary", json_text(result->summary));
	add(doc, "contradiction", json_object_new_boolean(result->contradiction));
	add(doc, "findings", run_findings(result));
}

void json_add_beside(struct json_object *doc, const struct run_evidence *run,
		     const struct run_result *result)
{
	add(doc, "refused", refused_list(run));
	add(doc, "background", json_background(result->background, result->background_count));
	json_add_totals(doc, &result->totals);
	add(doc, "warnings", json_text_list(run->warnings, run->warning_count));
}

int json_run_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		   int exit_status)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *steps = json_object_new_array();
	int r;

	for (size_t i = 0; i < run->step_count; i++)
		json_object_array_add(steps, json_step(&run->steps[i], &result->steps[i]));
	json_add_head(doc, &run->host);
	json_add_kernel(doc, &run->facts);
	json_add_run(doc, run);
	json_add_verdict(doc, result, exit_status);
	if (result->totals.rounds > 1) {
		json_add_loops(doc, &result->totals);
		json_add_latency(doc, &result->totals);
	}
	add(doc, "steps", steps);
	json_add_beside(doc, run, result);
	r = json_print(out, doc);
	json_object_put(doc);
	return r;
}
