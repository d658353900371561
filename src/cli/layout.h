/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options of `list` that say which columns it shows, and in what form. */
#ifndef CLI_LAYOUT_H
#define CLI_LAYOUT_H

#include <argp.h>

#include "render/list.h"

struct layout {
	struct list_layout list; /* complete once the arguments are parsed, but .style */
	const char *output;	 /* the argument of -o */
	const char *given;	 /* an option that does not go with JSON, or NULL */
	bool all;
};

#define LAYOUT_INIT                                                                                \
	{                                                                                          \
		.list = {.form = LIST_LINES, .headings = true }                                    \
	}

/* An argp child whose input is a struct layout. */
extern const struct argp layout_argp;

/* The help on the columns, allocated; for a command's argp help filter. NULL: no memory. */
char *layout_columns_help(void);

#endif
