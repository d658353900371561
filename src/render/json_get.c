// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_get.h"

#include <json-c/json.h>
#include <string.h>

static struct json_object *get(struct json_object *object, const char *key, enum json_type type)
{
	struct json_object *value = NULL;

	if (!json_object_is_type(object, json_type_object) ||
	    !json_object_object_get_ex(object, key, &value) || !json_object_is_type(value, type))
		return NULL;
	return value;
}

static const char *text_of(struct json_object *value, size_t size_bytes)
{
	size_t length;
	const char *text;

	if (!json_object_is_type(value, json_type_string))
		return NULL;
	text = json_object_get_string(value);
	length = (size_t)json_object_get_string_len(value);
	return length < size_bytes && strlen(text) == length ? text : NULL;
}

struct json_object *json_get_object(struct json_object *object, const char *key)
{
	return get(object, key, json_type_object);
}

struct json_object *json_get_array(struct json_object *object, const char *key)
{
	return get(object, key, json_type_array);
}

const char *json_get_text(struct json_object *object, const char *key, size_t size_bytes)
{
	return text_of(get(object, key, json_type_string), size_bytes);
}

bool json_get_number(struct json_object *object, const char *key, uint64_t *number)
{
	struct json_object *value = get(object, key, json_type_int);

	if (!value || json_object_get_int64(value) < 0)
		return false;
	*number = json_object_get_uint64(value);
	return true;
}

bool json_get_true(struct json_object *object, const char *key)
{
	struct json_object *value = get(object, key, json_type_boolean);

	return value && json_object_get_boolean(value);
}

const char *json_text_at(struct json_object *array, size_t index, size_t size_bytes)
{
	return text_of(json_object_array_get_idx(array, index), size_bytes);
}
