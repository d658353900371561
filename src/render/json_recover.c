// SPDX-License-Identifier: GPL-2.0-or-later
#include <json-c/json.h>

#include "render/json_head.h"
#include "render/recover.h"

static void add(struct json_object *object, const char *key, const char *text)
{
	json_object_object_add(object, key, json_text(text && text[0] ? text : NULL));
}

static struct json_object *item_object(const struct recovery_item *item)
{
	struct json_object *object = json_object_new_object();

	add(object, "kind", item->kind);
	add(object, "function", item->function);
	add(object, "outcome", recovery_outcome_names[item->outcome]);
	add(object, "text", item->text);
	add(object, "remedy", item->remedy);
	return object;
}

static struct json_object *down_object(const struct recovery_down *down)
{
	struct json_object *object = json_object_new_object();
	struct json_object *functions = json_object_new_array();

	add(object, "scenario", down->scenario);
	add(object, "method", down->method);
	for (const char *at = down->functions; *at; at += strspn(at, " ")) {
		char function[BDF_MAX];
		size_t length = strcspn(at, " ");

		snprintf(function, sizeof(function), "%.*s", (int)length, at);
		json_object_array_add(functions, json_text(function));
		at += length;
	}
	json_object_object_add(object, "functions", functions);
	add(object, "started", down->started);
	add(object, "release", down->release);
	add(object, "source", down->source);
	return object;
}

int json_recover_write(FILE *out, const struct host *host, const struct recovery *recovery,
		       bool forgotten, int exit_status)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *changes = json_object_new_array();
	struct json_object *downs = json_object_new_array();
	struct json_object *warnings = json_object_new_array();
	int r;

	json_add_head(doc, host);
	for (size_t i = 0; i < recovery->item_count; i++)
		json_object_array_add(changes, item_object(&recovery->items[i]));
	for (size_t i = 0; i < recovery->down_count; i++)
		json_object_array_add(downs, down_object(&recovery->downs[i]));
	for (size_t i = 0; i < recovery->note_count; i++)
		json_object_array_add(warnings, json_text(recovery->notes[i]));
	json_object_object_add(doc, "changes", changes);
	json_object_object_add(doc, "host_went_down", downs);
	json_object_object_add(doc, "forgotten", json_object_new_boolean(forgotten));
	json_object_object_add(doc, "warnings", warnings);
	json_object_object_add(doc, "exit_status", json_object_new_int(exit_status));
	r = json_print(out, doc);
	json_object_put(doc);
	return r;
}
