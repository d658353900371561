/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs for people, machine strings escaped. */
#ifndef RENDER_WRAP_H
#define RENDER_WRAP_H

#include "render/style.h"

/* The usual width: two such pages, side by side, fit into 160 columns. */
#define WRAP_COLUMNS 78

/*
 * Appends "@label@text" wrapped at white space, with every further line indented by @indent
 * columns; a shorter label is padded to that. A word that is too long for a line gets one of its
 * own; a number and its unit of time are one. Both strings are escaped.
 */
void wrap_labelled(struct strbuf *out, unsigned int indent, const char *label, const char *text);

/* The same with a fixed word in the colour of its tone as label. */
void wrap_toned(struct strbuf *out, const struct text_style *style, enum tone tone,
		unsigned int indent, const char *label, const char *text);

/* Appends "@text" likewise to a line that has reached @column, and ends it. */
void wrap_on(struct strbuf *out, unsigned int indent, unsigned int column, const char *text);

/* The same as wrap_labelled() for a text put together in a buffer, whose error passes on to @out.
 */
void wrap_buffer(struct strbuf *out, unsigned int indent, const char *label,
		 const struct strbuf *text);

#endif
