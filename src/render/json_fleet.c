// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <json-c/json.h>

#include "render/fleet.h"
#include "render/json_head.h"
#include "render/json_rounds.h"

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add(object, key, value);
}

static struct json_object *text_or_null(const char *text)
{
	return text ? json_text_or_null(text) : NULL;
}

static struct json_object *steps_or_null(const struct host_result *result)
{
	struct json_object *object;

	if (!result->known || result->checked)
		return NULL;
	object = json_object_new_object();
	json_add_counts(object, result->counts);
	return object;
}

static struct json_object *result_object(const struct host_result *result)
{
	struct json_object *object = json_object_new_object();

	add(object, "verdict", json_text(host_result_word(result)));
	add(object, "by", !result->known ? NULL : json_text(result->checked ? "check" : "run"));
	add(object, "source", text_or_null(result->source));
	add(object, "release", text_or_null(result->release));
	add(object, "started", text_or_null(result->started));
	add(object, "steps", steps_or_null(result));
	add(object, "slug", text_or_null(result->slug));
	add(object, "text", text_or_null(result->text));
	add(object, "why", text_or_null(result->why));
	return object;
}

static struct json_object *host_object(const struct fleet *fleet, const struct fleet_host *host)
{
	const struct host_result *worst = fleet_host_result(fleet, host);
	struct json_object *object = json_object_new_object();
	struct json_object *results = json_object_new_array();

	for (size_t i = host->first; i < host->first + host->count; i++)
		json_object_array_add(results, result_object(&fleet->results[i]));
	add(object, "name", json_text(worst->name));
	add(object, "verdict", json_text(host_result_word(worst)));
	add(object, "expected",
	    fleet->expected_count ? json_object_new_boolean(host->expected) : NULL);
	add(object, "results", results);
	return object;
}

int json_fleet_write(FILE *out, const struct fleet *fleet, int exit_status)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *counts = json_object_new_object();
	struct json_object *hosts = json_object_new_array();
	int r;

	for (size_t i = 0; i < HOST_RANK_COUNT; i++)
		add(counts, host_rank_names[i], json_object_new_uint64(fleet->counts[i]));
	for (size_t i = 0; i < fleet->host_count; i++)
		json_object_array_add(hosts, host_object(fleet, &fleet->hosts[i]));
	json_add_tool(doc);
	add(doc, "verdict", json_text(host_rank_names[fleet_rank(fleet)]));
	add(doc, "exit_status", json_object_new_int(exit_status));
	add(doc, "counts", counts);
	add(doc, "hosts", hosts);
	r = json_print(out, doc);
	json_object_put(doc);
	return r;
}
