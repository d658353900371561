// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_ocptv_line.h"

#include <errno.h>

#include "render/when.h"

void ocptv_advance(struct ocptv *ocptv, uint64_t time_ns)
{
	if (time_ns > ocptv->time_ns)
		ocptv->time_ns = time_ns;
}

/* Takes over @value. */
static void write_line(struct ocptv *ocptv, const char *kind, struct json_object *value)
{
	struct json_object *line = json_object_new_object();
	char when[WHEN_MAX];
	const char *text;

	run_when(ocptv->run, ocptv->time_ns, when);
	json_object_object_add(line, "sequenceNumber", json_object_new_uint64(ocptv->number++));
	json_object_object_add(line, "timestamp", json_object_new_string(when));
	json_object_object_add(line, kind, value);
	text = json_object_to_json_string_ext(line, JSON_C_TO_STRING_PLAIN |
							    JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!text)
		ocptv->error = ocptv->error ? ocptv->error : -ENOMEM;
	if (!ocptv->error && (fputs(text, ocptv->out) == EOF || fputc('\n', ocptv->out) == EOF))
		ocptv->error = errno ? -errno : -EIO;
	json_object_put(line);
}

void ocptv_artifact(struct ocptv *ocptv, const char *kind, struct json_object *value)
{
	struct json_object *artifact = json_object_new_object();

	if (ocptv->step[0])
		json_object_object_add(artifact, "testStepId", json_object_new_string(ocptv->step));
	json_object_object_add(artifact, kind, value);
	write_line(ocptv, ocptv->step[0] ? "testStepArtifact" : "testRunArtifact", artifact);
}

void ocptv_schema_version(struct ocptv *ocptv)
{
	struct json_object *version = json_object_new_object();

	json_object_object_add(version, "major", json_object_new_int(2));
	json_object_object_add(version, "minor", json_object_new_int(0));
	write_line(ocptv, "schemaVersion", version);
}

void ocptv_log(struct ocptv *ocptv, const char *severity, const struct strbuf *message)
{
	struct json_object *log = json_object_new_object();

	json_object_object_add(log, "severity", json_object_new_string(severity));
	ocptv_add_text(log, "message", message);
	if (message->error)
		ocptv->error = message->error;
	ocptv_artifact(ocptv, "log", log);
}

void ocptv_add_text(struct json_object *object, const char *key, const struct strbuf *text)
{
	json_object_object_add(object, key, json_object_new_string(text->text ? text->text : ""));
}
