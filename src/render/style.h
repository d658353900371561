/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How text for people looks: how much of it, and whether in colour. */
#ifndef RENDER_STYLE_H
#define RENDER_STYLE_H

#include <stdbool.h>

#include "base/strbuf.h"

enum tone {
	TONE_GOOD,
	TONE_BAD,
	TONE_UNSURE,
};

struct text_style {
	int verbosity; /* below 0: the verdict alone; 0; above: all there is */
	bool colour;
};

/* Appends a fixed word in the colour of its tone. */
static inline void style_word(struct strbuf *out, const struct text_style *style, enum tone tone,
			      const char *word)
{
	static const char *const codes[] = {[TONE_GOOD] = "\033[1;32m",
					    [TONE_BAD] = "\033[1;31m",
					    [TONE_UNSURE] = "\033[1;33m"};

	if (style->colour)
		strbuf_printf(out, "%s%s\033[0m", codes[tone], word);
	else
		strbuf_puts(out, word);
}

#endif
