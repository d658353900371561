// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_head.h"

#include <errno.h>
#include <json-c/json.h>

#include "base/escape.h"
#include "base/features.h"

struct json_object *json_text(const char *text)
{
	_cleanup_strbuf_ struct strbuf valid = {0};

	if (!text)
		return NULL;
	escape_utf8(&valid, text);
	return json_object_new_string(valid.text && !valid.error ? valid.text : "");
}

struct json_object *json_text_or_null(const char *text)
{
	return *text ? json_text(text) : NULL;
}

struct json_object *json_text_list(char *const *lines, size_t count)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < count; i++)
		json_object_array_add(list, json_text(lines[i]));
	return list;
}

struct json_object *json_tri(enum tri value)
{
	return value == TRI_UNKNOWN ? NULL : json_object_new_boolean(value == TRI_YES);
}

static struct json_object *features(void)
{
	struct json_object *list = json_object_new_array();
	const struct feature *feature;

	for (size_t i = 0; (feature = feature_at(i)); i++)
		if (feature->built)
			json_object_array_add(list, json_object_new_string(feature->name));
	return list;
}

static struct json_object *words(const char *text)
{
	struct json_object *list = json_object_new_array();

	while (*(text += strspn(text, " "))) {
		size_t length = strcspn(text, " ");
		_cleanup_free_ char *word = strndup(text, length);

		json_object_array_add(list, json_text(word));
		text += length;
	}
	return list;
}

void json_add_tool(struct json_object *doc)
{
	struct json_object *tool = json_object_new_object();

	json_object_object_add(doc, "schema_version", json_object_new_int(JSON_SCHEMA_VERSION));
	json_object_object_add(tool, "name", json_object_new_string(PACKAGE_NAME));
	json_object_object_add(tool, "version", json_object_new_string(PACKAGE_VERSION));
	json_object_object_add(tool, "features", features());
	json_object_object_add(doc, "tool", tool);
}

void json_add_head(struct json_object *doc, const struct host *host)
{
	struct json_object *about = json_object_new_object();

	json_add_tool(doc);
	json_object_object_add(about, "nodename", json_text(host->nodename));
	json_object_object_add(about, "release", json_text(host->release));
	json_object_object_add(about, "version", json_text(host->version));
	json_object_object_add(about, "machine", json_text(host->machine));
	json_object_object_add(about, "iommu", json_tri(host->iommu));
	json_object_object_add(about, "iommus", words(host->iommu_names));
	json_object_object_add(about, "ats_disabled", json_tri(host->ats_disabled));
	json_object_object_add(doc, "host", about);
}

void json_add_kernel(struct json_object *doc, const struct kernel_facts *facts)
{
	struct json_object *kernel = json_object_new_object();
	struct json_object *list = json_object_new_object();
	struct kernel_facts copy = *facts;
	const char *reason = NULL;
	const char *name;
	enum static_verdict verdict = facts_judge(facts, &reason);

	for (size_t i = 0; (name = facts_name_at(i)); i++)
		json_object_object_add(list, name, json_tri(*facts_value(&copy, name)));
	json_object_object_add(kernel, "release", json_text(facts->release));
	json_object_object_add(kernel, "static",
			       json_object_new_string(static_verdict_name(verdict)));
	json_object_object_add(kernel, "static_reason", json_text(reason));
	json_object_object_add(kernel, "source", json_text(facts->source));
	json_object_object_add(kernel, "note", json_text(facts->note));
	json_object_object_add(kernel, "facts", list);
	json_object_object_add(doc, "kernel", kernel);
}

int json_print(FILE *out, struct json_object *doc)
{
	const char *text = json_object_to_json_string_ext(
		doc,
		JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE);

	if (!text)
		return -ENOMEM;
	if (fputs(text, out) == EOF || fputc('\n', out) == EOF)
		return -errno;
	return 0;
}
