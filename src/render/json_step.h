/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A step as JSON, wherever it stands. Additions only: scripts rely on the names. */
#ifndef RENDER_JSON_STEP_H
#define RENDER_JSON_STEP_H

#include "model/evidence.h"
#include "model/verdict.h"

struct json_object;

/* A new object, for the caller to put somewhere. */
struct json_object *json_step(const struct step_evidence *step, const struct step_result *result);

#endif
