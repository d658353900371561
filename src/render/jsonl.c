// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/jsonl.h"

#include <errno.h>
#include <json-c/json.h>

#include "render/json_head.h"
#include "render/json_rounds.h"
#include "render/json_run.h"
#include "render/json_step.h"

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add(object, key, value);
}

static void add_number(struct json_object *object, const char *key, uint64_t number)
{
	add(object, key, json_object_new_uint64(number));
}

static void add_number_or_null(struct json_object *object, const char *key, uint64_t number)
{
	add(object, key, number ? json_object_new_uint64(number) : NULL);
}

static struct json_object *event(const char *name, const struct jsonl_mark *mark)
{
	struct json_object *object = json_object_new_object();

	add_number(object, "schema_version", JSON_SCHEMA_VERSION);
	add(object, "event", json_text(name));
	add_number(object, "seq", mark->sequence);
	add(object, "time", json_text(mark->time));
	add(object, "run_id", json_text(mark->run_id));
	return object;
}

/* Consumes @object. */
static void put_line(struct strbuf *out, struct json_object *object)
{
	const char *text = json_object_to_json_string_ext(
		object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);

	if (text) {
		strbuf_puts(out, text);
		strbuf_puts(out, "\n");
	} else {
		out->error = -ENOMEM;
	}
	json_object_put(object);
}

void jsonl_run_begin(struct strbuf *out, const struct jsonl_mark *mark,
		     const struct run_evidence *run, const struct run_progress *progress)
{
	struct json_object *object = event("run-begin", mark);
	struct json_object *plan = json_object_new_object();

	json_add_head(object, &run->host);
	json_add_kernel(object, &run->facts);
	json_add_run(object, run);
	add(plan, "steps", progress->planned ? json_object_new_uint64(progress->steps) : NULL);
	add_number_or_null(plan, "rounds", progress->rounds);
	add_number_or_null(plan, "duration_ns", progress->duration_ns);
	add(object, "plan", plan);
	put_line(out, object);
}

void jsonl_step_begin(struct strbuf *out, const struct jsonl_mark *mark,
		      const struct run_progress *progress, const struct step_heading *step)
{
	struct json_object *object = event("step-begin", mark);
	struct json_object *functions = json_object_new_array();

	for (size_t i = 0; i < step->function_count; i++)
		json_object_array_add(functions, json_text(step->functions[i]));
	add_number(object, "number", step->number);
	add_number(object, "round", progress->round);
	add_number_or_null(object, "rounds", progress->rounds);
	add_number_or_null(object, "planned", progress->step);
	add_number_or_null(object, "planned_of", progress->steps);
	add(object, "scenario", json_text(scenario_names[step->scenario]));
	add(object, "functions", functions);
	add(object, "method", json_text_or_null(step->method));
	put_line(out, object);
}

void jsonl_step(struct strbuf *out, const struct jsonl_mark *mark, const struct step_evidence *step,
		const struct step_result *result)
{
	struct json_object *object = event("step", mark);

	add(object, "step", json_step(step, result));
	put_line(out, object);
}

void jsonl_round(struct strbuf *out, const struct jsonl_mark *mark,
		 const struct run_progress *progress)
{
	struct json_object *object = event("round", mark);

	add_number(object, "round", progress->round);
	add_number_or_null(object, "rounds", progress->rounds);
	json_add_counts(object, progress->round_counts);
	json_add_loops(object, progress->totals);
	put_line(out, object);
}

void jsonl_run_end(struct strbuf *out, const struct jsonl_mark *mark,
		   const struct run_evidence *run, const struct run_result *result, int exit_status)
{
	struct json_object *object = event("run-end", mark);

	json_add_run(object, run);
	json_add_verdict(object, result, exit_status);
	json_add_loops(object, &result->totals);
	json_add_latency(object, &result->totals);
	json_add_beside(object, run, result);
	put_line(out, object);
}
