/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What counters and configuration space say, as members of the JSON's objects. */
#ifndef RENDER_JSON_OBSERVED_H
#define RENDER_JSON_OBSERVED_H

#include "model/evidence.h"
#include "model/verdict.h"

struct json_object;

/* "counters": by how much each rose, null when that is not known; "counters_unknown": why not. */
void json_add_counters(struct json_object *object, const struct step_evidence *step);

/*
 * The same over all steps. What is not known of some steps is missing from the sum, and stands in
 * "counters_unknown".
 */
void json_add_totals(struct json_object *object, const struct totals *totals);

/* "registers": those that differ, whatever that means. */
void json_add_registers(struct json_object *object, const struct step_result *result);

#endif
