/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What many rounds of the same steps come to, as JSON. Additions only: scripts rely on the names.
 */
#ifndef RENDER_JSON_ROUNDS_H
#define RENDER_JSON_ROUNDS_H

#include "model/totals.h"

struct json_object;

/* Adds loops{rounds, steps, pass, fail, skip, inconclusive} and latency[] with one entry a series.
 */
void json_add_rounds(struct json_object *doc, const struct totals *totals);

#endif
