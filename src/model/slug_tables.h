/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables that slug_find() and slug_at() look into; nobody else needs them. */
#ifndef MODEL_SLUG_TABLES_H
#define MODEL_SLUG_TABLES_H

#include "model/slug.h"

struct slug_table {
	const struct slug *slugs;
	size_t count;
};

extern const struct slug_table slug_findings; /* SLUG_BUG, SLUG_BROKEN */
extern const struct slug_table slug_reasons;  /* SLUG_INCONCLUSIVE, SLUG_SKIP */
extern const struct slug_table slug_refusals; /* SLUG_REFUSED */

#endif
