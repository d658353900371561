/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every JSON document of the tool has in common. Additions only: scripts rely on the names. */
#ifndef RENDER_JSON_HEAD_H
#define RENDER_JSON_HEAD_H

#include <stdio.h>

#include "model/facts.h"
#include "model/snapshot.h"

#define JSON_SCHEMA_VERSION 1

struct json_object;

/* A string, its bytes that are no UTF-8 as \xNN; null for NULL. The caller owns what comes back. */
struct json_object *json_text(const char *text);

/* The same, null for "". */
struct json_object *json_text_or_null(const char *text);

/* Strings as a list. */
struct json_object *json_text_list(char *const *lines, size_t count);

/* true, false, or null for unknown. */
struct json_object *json_tri(enum tri value);

/* Adds schema_version and tool{name, version, features[]}. */
void json_add_tool(struct json_object *doc);

/* The same, and host{}. */
void json_add_head(struct json_object *doc, const struct host *host);

/* Adds kernel{release, static, static_reason, source, note, facts{}}. */
void json_add_kernel(struct json_object *doc, const struct kernel_facts *facts);

/* Writes the document and a newline. Returns 0, -ENOMEM or another -errno; @out may still be
 * buffered. */
int json_print(FILE *out, struct json_object *doc) _must_check_;

#endif
