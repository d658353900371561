// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html_timeline.h"

/* Marks have rows with names of their own. */
static const struct {
	const char *class;
	const char *meaning;
} keys[] = {
	{"window", "the kernel keeps the function's IOMMU blocked"},
	{"depth", "so many preparations for a reset hold at once"},
	{"bar", "a part of the reset that worked"},
	{"failed", "what failed, or did not return"},
	{"write", "a write by the tool, or a probe"},
};

void html_legend(struct strbuf *out)
{
	html_element(out, "p",
		     "In each picture time runs from left to right. The innermost reset must "
		     "lie within the time in which the IOMMU is blocked. A nested reset that works "
		     "reaches depth 2.");
	strbuf_puts(out, "<ul class=\"legend\">\n");
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		strbuf_printf(out,
			      "<li><span class=\"key %s\" aria-hidden=\"true\"></span>%s</li>\n",
			      keys[i].class, keys[i].meaning);
	strbuf_puts(out, "</ul>\n");
}
