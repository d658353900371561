/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How text for people looks: how much of it, how wide, and whether in colour. */
#ifndef RENDER_STYLE_H
#define RENDER_STYLE_H

#include <stdbool.h>

#include "base/strbuf.h"

enum tone {
	TONE_PLAIN,
	TONE_GOOD,
	TONE_BAD,
	TONE_UNSURE,
};

struct text_style {
	int verbosity; /* below 0: the verdict alone; 0; above: all there is */
	bool colour;
	bool ascii;		   /* nothing is drawn that is not ASCII */
	unsigned int columns;	   /* of the terminal, for tables; 0: nothing is left out */
	unsigned int wrap_columns; /* where paragraphs wrap (render/wrap.h); 0: as usual */
};

/* What a terminal is told before a word of this tone; "\033[0m" comes after it. */
static inline const char *style_code(enum tone tone)
{
	static const char *const codes[] = {
		[TONE_PLAIN] = "\033[0m",
		[TONE_GOOD] = "\033[1;32m",
		[TONE_BAD] = "\033[1;31m",
		[TONE_UNSURE] = "\033[1;33m",
	};

	return codes[tone];
}

/* Appends a fixed word in the colour of its tone. */
static inline void style_word(struct strbuf *out, const struct text_style *style, enum tone tone,
			      const char *word)
{
	if (style->colour && tone != TONE_PLAIN)
		strbuf_printf(out, "%s%s\033[0m", style_code(tone), word);
	else
		strbuf_puts(out, word);
}

#endif
