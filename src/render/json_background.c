// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_background.h"

#include <json-c/json.h>

#include "render/json_head.h"

struct json_object *json_background(const struct background *list, size_t count)
{
	struct json_object *array = json_object_new_array();

	for (size_t i = 0; i < count; i++) {
		struct json_object *object = json_object_new_object();

		json_object_object_add(object, "function", json_text_or_null(list[i].function));
		json_object_object_add(object, "process",
				       list[i].pid >= 0 ? json_object_new_int(list[i].pid) : NULL);
		json_object_object_add(object, "symbol", json_text_or_null(list[i].symbol));
		json_object_object_add(object, "kind", json_text(list[i].kind));
		json_object_object_add(object, "events", json_object_new_uint64(list[i].events));
		json_object_array_add(array, object);
	}
	return array;
}
