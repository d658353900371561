/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members of JSON objects that somebody else wrote: what is not of the type asked for is not there.
 */
#ifndef RENDER_JSON_GET_H
#define RENDER_JSON_GET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_object;

/* All are NULL or false for NULL and for what is no object. Nothing is handed over. */
struct json_object *json_get_object(struct json_object *object, const char *key);
struct json_object *json_get_array(struct json_object *object, const char *key);

/* Without a NUL in it, and shorter than @size_bytes. */
const char *json_get_text(struct json_object *object, const char *key, size_t size_bytes);

/* Not below 0. */
bool json_get_number(struct json_object *object, const char *key, uint64_t *number);

/* Whether it is there and true. */
bool json_get_true(struct json_object *object, const char *key);

/* The same of an element of an array. */
const char *json_text_at(struct json_object *array, size_t index, size_t size_bytes);

#endif
