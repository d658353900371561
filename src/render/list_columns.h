/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns of `list`: their names, what stands in them, and how a choice of them is written. */
#ifndef RENDER_LIST_COLUMNS_H
#define RENDER_LIST_COLUMNS_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/snapshot.h"
#include "render/style.h"

enum list_column {
	LIST_FUNCTION,
	LIST_GROUP,
	LIST_DOMAIN,
	LIST_DRIVER,
	LIST_METHODS,
	LIST_ATS,
	LIST_PRI,
	LIST_PASID,
	LIST_CXL_PORT,
	LIST_NESTS,
	LIST_IN_USE,
	LIST_DEFAULT_COUNT, /* those above are shown when none is asked for */
	LIST_USES = LIST_DEFAULT_COUNT,
	LIST_NAME,
	LIST_CLASS,
	LIST_CLASS_NAME,
	LIST_ID,
	LIST_VENDOR,
	LIST_DEVICE,
	LIST_UPSTREAM,
	LIST_PF,
	LIST_BRIDGE,
	LIST_UNTRUSTED,
	LIST_COLUMN_COUNT,
};

/* The columns to show, each once, in this order. */
struct list_columns {
	enum list_column at[LIST_COLUMN_COUNT];
	size_t count;
};

/* The heading, and one line for the help. Pure. */
const char *list_column_name(enum list_column column);
const char *list_column_help(enum list_column column);

/* Appends a column that is not among them. Pure. */
void list_columns_add(struct list_columns *columns, enum list_column column);

/*
 * Appends those that @text names with commas between them, in any case of letters. Returns 0, or
 * -EINVAL with the name that is none in *@wrong and *@wrong_bytes. Pure.
 */
int list_columns_parse(struct list_columns *columns, const char *text, const char **wrong,
		       size_t *wrong_bytes) _must_check_;

/*
 * Appends what stands in the column, as the machine says it: to be escaped. Nothing where there is
 * none, "?" where it could not be read. Pure but for allocation.
 */
void list_column_fill(struct strbuf *out, enum list_column column, const struct snapshot *snapshot,
		      const struct function *function);

/* What should catch the eye: a method that nests and would show it, and use. Pure. */
enum tone list_column_tone(enum list_column column, const char *cell);

#endif
