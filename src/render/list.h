/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The snapshot as `list` shows it. */
#ifndef RENDER_LIST_H
#define RENDER_LIST_H

#include <stdbool.h>
#include <stdio.h>

#include "base/strbuf.h"
#include "model/filter.h"
#include "model/snapshot.h"

/* True when `list` shows the function: selected, and with one of the methods asked for. Pure. */
bool list_shows(const struct filter *filter, const struct function *function);

/*
 * Appends the table: two lines a function, then one for each use. Names are cut to @columns, 0 for
 * never. Nothing selected is nothing appended. Pure but for allocation.
 */
void list_add_text(struct strbuf *out, const struct snapshot *snapshot, const struct filter *filter,
		   unsigned int columns);

/* Writes the same as one JSON document. Returns 0, -ENOMEM or -EIO. */
int list_print_json(FILE *out, const struct snapshot *snapshot,
		    const struct filter *filter) _must_check_;

/* How to turn the IOMMU on, for a machine of this kind (uname -m; "" for unknown). Pure. */
const char *list_iommu_advice(const char *machine);

#endif
