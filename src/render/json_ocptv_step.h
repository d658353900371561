/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A step of a run as a test step of the OCP Test and Validation specification. */
#ifndef RENDER_JSON_OCPTV_STEP_H
#define RENDER_JSON_OCPTV_STEP_H

#include "render/json_ocptv_line.h"
#include "render/points.h"

/* Writes the step's lines from its start to its end; @index is its id. */
void ocptv_step(struct ocptv *ocptv, const struct points *points, size_t index);

/* Opens and closes the step that the next lines belong to. @status is COMPLETE, SKIP or ERROR. */
void ocptv_step_begin(struct ocptv *ocptv, size_t id, const struct strbuf *name);
void ocptv_step_end(struct ocptv *ocptv, const char *status);

/* @type is PASS, FAIL or UNKNOWN; @verdict a short fixed word. */
void ocptv_diagnosis(struct ocptv *ocptv, const char *verdict, const char *type,
		     const struct strbuf *message);

#endif
