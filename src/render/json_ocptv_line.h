/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the OCP Test and Validation specification: number, time and one artifact each. */
#ifndef RENDER_JSON_OCPTV_LINE_H
#define RENDER_JSON_OCPTV_LINE_H

#include <json-c/json.h>
#include <stdio.h>

#include "base/attr.h"
#include "base/strbuf.h"
#include "model/evidence.h"

/* A document on its way out. @run is borrowed. */
struct ocptv {
	FILE *out;
	const struct run_evidence *run;
	uint64_t number;
	uint64_t time_ns; /* of the line written last: no line is older */
	char step[24];	  /* id of the step that lines belong to; "" for none */
	int error;	  /* the first, as -errno; nothing is written after it */
};

/* Time goes on to @time_ns, or stands still where that is before. */
void ocptv_advance(struct ocptv *ocptv, uint64_t time_ns);

/* Writes a line of the run or of the step that is open. Takes over @value. */
void ocptv_artifact(struct ocptv *ocptv, const char *kind, struct json_object *value);

/* The first line: the specification's version. */
void ocptv_schema_version(struct ocptv *ocptv);

/* @severity is INFO, WARNING or ERROR; @message is printable. */
void ocptv_log(struct ocptv *ocptv, const char *severity, const struct strbuf *message);

/* Adds a string; what has no text gives an empty one. */
void ocptv_add_text(struct json_object *object, const char *key, const struct strbuf *text);

#endif
