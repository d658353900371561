// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <json-c/json.h>

#include "model/nest.h"
#include "render/json_head.h"
#include "render/list.h"

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add(object, key, value);
}

/* An empty string of the model means that there is none. */
static struct json_object *hex(unsigned int value, int digits)
{
	char text[16];

	snprintf(text, sizeof(text), "%0*x", digits, value);
	return json_object_new_string(text);
}

static struct json_object *methods(const struct function *function)
{
	struct json_object *list;

	if (function->methods_known != TRI_YES)
		return NULL;
	list = json_object_new_array();
	for (unsigned int i = 0; i < function->methods.count; i++)
		json_object_array_add(list, json_text(function->methods.names[i]));
	return list;
}

static struct json_object *nesting(const struct function *function)
{
	struct json_object *list;

	if (function->methods_known != TRI_YES)
		return NULL;
	list = json_object_new_array();
	for (unsigned int i = 0; i < function->methods.count; i++)
		if (function_method_nests(function, function->methods.names[i]) != TRI_NO)
			json_object_array_add(list, json_text(function->methods.names[i]));
	return list;
}

static struct json_object *uses(const struct function *function)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < function->use_count; i++) {
		struct json_object *use = json_object_new_object();

		add(use, "reason", json_text(use_kind_name(function->uses[i].kind)));
		add(use, "what", json_text(function->uses[i].what));
		json_object_array_add(list, use);
	}
	return list;
}

static struct json_object *one_function(const struct snapshot *snapshot,
					const struct function *function)
{
	const struct group *group = snapshot_group(snapshot, function->group);
	struct json_object *object = json_object_new_object();

	add(object, "function", json_text(function->bdf));
	add(object, "group",
	    function->group == NO_GROUP ? NULL : json_object_new_int(function->group));
	add(object, "domain_type", group ? json_text_or_null(group->type) : NULL);
	add(object, "class_code", hex(function->class_code, 6));
	add(object, "class_name", json_text(function->class_name));
	add(object, "vendor_id", hex(function->vendor, 4));
	add(object, "device_id", hex(function->device, 4));
	add(object, "vendor_name", json_text(function->vendor_name));
	add(object, "device_name", json_text(function->device_name));
	add(object, "driver", json_text_or_null(function->driver));
	add(object, "bridge", json_object_new_boolean(function->is_bridge));
	add(object, "upstream_bridge", json_text_or_null(function->upstream));
	add(object, "physical_function", json_text_or_null(function->physfn));
	add(object, "methods", methods(function));
	add(object, "ats", json_tri(function->ats));
	add(object, "pri", json_tri(function->pri));
	add(object, "pasid", json_tri(function->pasid));
	add(object, "untrusted", json_tri(function->untrusted));
	add(object, "cxl_port_above", json_tri(function->cxl_port));
	add(object, "sbr_masked", json_tri(function->sbr_masked));
	add(object, "nesting_methods", nesting(function));
	add(object, "nesting_blocked_by", json_text(function_gate_reason(snapshot, function)));
	add(object, "in_use", json_object_new_boolean(function->use_count > 0));
	add(object, "uses", uses(function));
	return object;
}

/* The groups, each with those of its functions that are shown. */
static struct json_object *groups(const struct snapshot *snapshot, const struct filter *filter)
{
	struct json_object *list = json_object_new_array();
	struct json_object **members =
		calloc(snapshot->group_count + 1, sizeof(struct json_object *));

	for (size_t i = 0; members && i < snapshot->function_count; i++) {
		const struct function *function = &snapshot->functions[i];
		const struct group *group = snapshot_group(snapshot, function->group);
		size_t index;

		if (!group || !list_shows(filter, function))
			continue;
		index = (size_t)(group - snapshot->groups);
		if (!members[index])
			members[index] = json_object_new_array();
		json_object_array_add(members[index], json_text(function->bdf));
	}
	for (size_t i = 0; members && i < snapshot->group_count; i++) {
		const struct group *group = &snapshot->groups[i];
		struct json_object *object;

		if (!members[i] && !filter_selects_all(filter))
			continue;
		object = json_object_new_object();
		add(object, "group", json_object_new_int(group->id));
		add(object, "domain_type", json_text_or_null(group->type));
		add(object, "functions", members[i] ? members[i] : json_object_new_array());
		json_object_array_add(list, object);
	}
	free(members);
	return list;
}

int list_print_json(FILE *out, const struct snapshot *snapshot, const struct filter *filter)
{
	struct json_object *document = json_object_new_object();
	struct json_object *functions = json_object_new_array();
	struct json_object *notes = json_object_new_array();
	int r;

	json_add_head(document, &snapshot->host);
	add(document, "groups", groups(snapshot, filter));
	for (size_t i = 0; i < snapshot->function_count; i++)
		if (list_shows(filter, &snapshot->functions[i]))
			json_object_array_add(functions,
					      one_function(snapshot, &snapshot->functions[i]));
	add(document, "functions", functions);
	for (size_t i = 0; i < snapshot->note_count; i++)
		json_object_array_add(notes, json_text(snapshot->notes[i]));
	add(document, "warnings", notes);
	r = json_print(out, document);
	json_object_put(document);
	return r;
}
