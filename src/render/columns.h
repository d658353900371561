/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Columns of text for people, fitted to a terminal. What stands in them is escaped already. */
#ifndef RENDER_COLUMNS_H
#define RENDER_COLUMNS_H

#include "render/style.h"

#define COLUMNS_MAX 16

/* Zeroed there are none. Widths are in characters. */
struct columns {
	size_t count;
	const char *names[COLUMNS_MAX]; /* borrowed */
	bool right[COLUMNS_MAX];	/* numbers */
	size_t whole[COLUMNS_MAX];	/* as wide as the widest cell */
	size_t shown[COLUMNS_MAX];	/* what the terminal has room for; 0: not shown */
};

/* What gives way where the terminal is too narrow. */
struct columns_concession {
	size_t column;
	size_t keep; /* so many characters of it; 0: all of the column goes */
};

/* Appends a column as wide as its heading @name. Pure, as all of these but for allocation. */
void columns_add(struct columns *columns, const char *name, bool right);

/* Makes a column wide enough for @text. */
void columns_widen(struct columns *columns, size_t column, const char *text);

/*
 * Decides what is shown of each column on a terminal of @width characters (0: all): what is
 * conceded first goes first, and the last comes back first where there is room after all.
 */
void columns_fit(struct columns *columns, const struct columns_concession *concessions,
		 size_t count, unsigned int width);

/* How many characters a line has in front of a column that is shown. */
size_t columns_before(const struct columns *columns, size_t column);

/*
 * Appends a cell of a column that is shown: padded, or cut with a mark of that; behind the last one
 * the line ends.
 */
void columns_put(struct strbuf *out, const struct columns *columns, size_t column,
		 const struct text_style *style, enum tone tone, const char *text);

/* Appends the headings of what is shown. */
void columns_put_headings(struct strbuf *out, const struct columns *columns,
			  const struct text_style *style);

/*
 * Appends a line that says what is not shown, or not all of it, and that @option shows it; wrapped
 * at the end of a terminal.
 */
void columns_put_missing(struct strbuf *out, const struct columns *columns,
			 const struct text_style *style, const char *option);

/* Characters, not bytes. */
size_t columns_width(const char *text);

/* How many bytes of @text are its first @width characters. */
size_t columns_bytes(const char *text, size_t width);

#endif
