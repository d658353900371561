/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a counter says of a step: how far it rose. */
#ifndef MODEL_COUNTER_H
#define MODEL_COUNTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/evidence.h"

/*
 * Why it is not known how far the counter rose; NULL when it is. A counter that went backwards was
 * reset or has wrapped: by how much it rose then, nobody knows. Pure.
 */
const char *counter_unknown(const struct counter *counter);

/* By how much it rose; 0 when that is not known. Of "tainted", the bits that are new. Pure. */
uint64_t counter_delta(const struct counter *counter);

/* Hardware's own statistics, which rise whenever a device works: of no concern by themselves. */
bool counter_is_traffic(const char *name);

#endif
