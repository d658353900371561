/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What many rounds of the same steps come to, as JSON. Additions only: scripts rely on the names.
 */
#ifndef RENDER_JSON_ROUNDS_H
#define RENDER_JSON_ROUNDS_H

#include "model/totals.h"

struct json_object;

/* Adds pass, fail, skip, inconclusive: how many steps came to each. */
void json_add_counts(struct json_object *object, const uint64_t counts[STEP_VERDICT_COUNT]);

/* Adds loops{rounds, steps, pass, fail, skip, inconclusive}. */
void json_add_loops(struct json_object *doc, const struct totals *totals);

/* Adds latency[] with one entry a series. */
void json_add_latency(struct json_object *doc, const struct totals *totals);

#endif
