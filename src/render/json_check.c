// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <json-c/json.h>

#include "render/check.h"
#include "render/json_head.h"

static struct json_object *is_running(const struct checked_kernel *kernel)
{
	return kernel->path ? json_tri(kernel->running) : json_object_new_boolean(1);
}

/* Adds "kernel" with what only `check` knows. */
static void add_kernel(struct json_object *owner, const struct checked_kernel *kernel)
{
	struct json_object *object = NULL;

	json_add_kernel(owner, kernel->facts);
	if (!json_object_object_get_ex(owner, "kernel", &object))
		return;
	json_object_object_add(object, "file", json_text(kernel->path));
	json_object_object_add(object, "format", kernel->path ? json_text(kernel->format) : NULL);
	json_object_object_add(object, "is_running", is_running(kernel));
	json_object_object_add(object, "meaning", json_text(check_meaning(kernel)));
	json_object_object_add(object, "remedy", json_text(check_remedy(kernel)));
}

static struct json_object *all_kernels(const struct check_report *report)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < report->count; i++) {
		struct json_object *owner = json_object_new_object();
		struct json_object *object = NULL;

		add_kernel(owner, &report->kernels[i]);
		json_object_object_get_ex(owner, "kernel", &object);
		json_object_array_add(list, json_object_get(object));
		json_object_put(owner);
	}
	return list;
}

int check_print_json(const struct check_report *report, FILE *out)
{
	const struct checked_kernel *deciding = &report->kernels[report->deciding];
	struct json_object *doc = json_object_new_object();
	int r;

	json_add_head(doc, report->host);
	add_kernel(doc, deciding);
	json_object_object_add(doc, "kernels", all_kernels(report));
	json_object_object_add(doc, "verdict", json_text(static_verdict_name(deciding->verdict)));
	json_object_object_add(doc, "exit_status", json_object_new_int(report->exit_status));
	r = json_print(out, doc);
	json_object_put(doc);
	return r;
}
