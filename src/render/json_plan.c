// SPDX-License-Identifier: GPL-2.0-or-later
#include <json-c/json.h>

#include "render/json_head.h"
#include "render/plan.h"

static void add(struct json_object *object, const char *key, const char *text)
{
	json_object_object_add(object, key, json_text(text));
}

/* In the order of the run: all are selected, then all triggered, then all restored. */
static void add_writes(struct json_object *array, const struct plan_step *step,
		       enum write_role role)
{
	for (size_t i = 0; i < step->function_count; i++) {
		struct planned_write writes[PLANNED_WRITES_MAX];
		size_t count = plan_writes(step, i, writes);

		for (size_t j = 0; j < count; j++) {
			struct json_object *write;
			char path[sizeof(writes[j].path) + 1];

			if (writes[j].role != role)
				continue;
			write = json_object_new_object();
			snprintf(path, sizeof(path), "/%s", writes[j].path);
			add(write, "path", path);
			add(write, "value", writes[j].value);
			json_object_array_add(array, write);
		}
	}
}

static struct json_object *step_object(const struct plan_step *step)
{
	struct json_object *object = json_object_new_object();
	struct json_object *functions = json_object_new_array();
	struct json_object *writes = json_object_new_array();
	int group = step->functions[0]->group;

	add(object, "scenario", scenario_names[step->scenario]);
	for (size_t i = 0; i < step->function_count; i++)
		json_object_array_add(functions, json_text(step->functions[i]->bdf));
	json_object_object_add(object, "functions", functions);
	json_object_object_add(object, "group",
			       group == NO_GROUP ? NULL : json_object_new_int(group));
	add(object, "method", step->method[0] ? step->method : NULL);
	for (enum write_role role = WRITE_UNBIND; role <= WRITE_BIND; role++)
		add_writes(writes, step, role);
	json_object_object_add(object, "writes", writes);
	return object;
}

static struct json_object *skip_object(const struct plan_skip *skip)
{
	struct json_object *object = json_object_new_object();

	add(object, "function", skip->function->bdf);
	add(object, "scenario", scenario_names[skip->scenario]);
	add(object, "method", skip->method[0] ? skip->method : NULL);
	add(object, "reason", skip->reason);
	add(object, "text", skip->text);
	return object;
}

static struct json_object *refusal_object(const struct refusal *refusal)
{
	struct json_object *object = json_object_new_object();

	add(object, "function", refusal->function);
	add(object, "reason", refusal->reason);
	add(object, "text", refusal->text);
	add(object, "override", refusal->override[0] ? refusal->override : NULL);
	return object;
}

static struct json_object *lines_array(char *const *lines, size_t count)
{
	struct json_object *array = json_object_new_array();

	for (size_t i = 0; i < count; i++)
		json_object_array_add(array, json_text(lines[i]));
	return array;
}

int json_plan_write(FILE *out, const struct snapshot *snapshot, const struct kernel_facts *facts,
		    const struct plan *plan)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *steps = json_object_new_array();
	struct json_object *skips = json_object_new_array();
	struct json_object *refused = json_object_new_array();
	int r;

	json_add_head(doc, &snapshot->host);
	json_add_kernel(doc, facts);
	for (size_t i = 0; i < plan->step_count; i++)
		json_object_array_add(steps, step_object(&plan->steps[i]));
	for (size_t i = 0; i < plan->skip_count; i++)
		json_object_array_add(skips, skip_object(&plan->skips[i]));
	for (size_t i = 0; i < plan->refusal_count; i++)
		json_object_array_add(refused, refusal_object(&plan->refusals[i]));
	json_object_object_add(doc, "steps", steps);
	json_object_object_add(doc, "skipped", skips);
	json_object_object_add(doc, "refused", refused);
	json_object_object_add(doc, "warnings", lines_array(plan->warnings, plan->warning_count));
	json_object_object_add(doc, "notes", lines_array(snapshot->notes, snapshot->note_count));
	r = json_print(out, doc);
	json_object_put(doc);
	return r;
}
