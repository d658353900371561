/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The snapshot as `list` shows it. */
#ifndef RENDER_LIST_H
#define RENDER_LIST_H

#include <stdbool.h>
#include <stdio.h>

#include "base/strbuf.h"
#include "model/filter.h"
#include "model/snapshot.h"
#include "render/list_columns.h"

enum list_form {
	LIST_LINES, /* two lines a function, then one for each use */
	LIST_TABLE, /* one line a function */
	LIST_TREE,  /* the same as a tree of buses, below whatever is above them */
	LIST_RAW,   /* one line a function, for scripts: no padding, blanks as \x20 */
	LIST_PAIRS, /* COLUMN="value", for shells */
};

struct list_layout {
	enum list_form form;
	struct list_columns columns; /* not for LIST_LINES, which has its own */
	bool headings;
	struct text_style style;
};

/* True when `list` shows the function: selected, and with one of the methods asked for. Pure. */
bool list_shows(const struct filter *filter, const struct function *function);

/*
 * Appends the list. On a terminal names are cut to its width, and the lines of LIST_LINES go
 * without the columns that tell least, and say so. Nothing selected is nothing appended; what has
 * no memory is the buffer's error. Pure but for allocation.
 */
void list_add_text(struct strbuf *out, const struct snapshot *snapshot, const struct filter *filter,
		   const struct list_layout *layout);

/* Parts of it: LIST_LINES, and the other forms (by libsmartcols). */
void list_add_lines(struct strbuf *out, const struct snapshot *snapshot,
		    const struct filter *filter, const struct list_layout *layout);
void list_add_table(struct strbuf *out, const struct snapshot *snapshot,
		    const struct filter *filter, const struct list_layout *layout);

/* Writes the same as one JSON document. Returns 0, -ENOMEM or -EIO. */
int list_print_json(FILE *out, const struct snapshot *snapshot,
		    const struct filter *filter) _must_check_;

#endif
