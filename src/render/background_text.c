// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/background_text.h"

#include <inttypes.h>

#include "base/escape.h"
#include "render/wrap.h"

static void add_origin(struct strbuf *line, const struct background *one)
{
	if (one->kind == background_more)
		strbuf_puts(line, "others");
	else if (one->function[0])
		escape_printable(line, one->function);
	else if (one->pid >= 0)
		strbuf_printf(line, "process %d", one->pid);
	else
		strbuf_puts(line, "no function named");
}

static bool same_origin(const struct background *a, const struct background *b)
{
	return a->kind != background_more && b->kind != background_more && a->pid == b->pid &&
	       streq(a->function, b->function);
}

static bool is_first(const struct background *list, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (same_origin(&list[i], &list[index]))
			return false;
	return true;
}

/* "0000:02:00.0: 12 iommu-fault, 1 pcie-error" */
static void write_origin(struct strbuf *out, const struct background *list, size_t count,
			 size_t first)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	add_origin(&line, &list[first]);
	for (size_t i = first; i < count; i++) {
		if (i != first && !same_origin(&list[i], &list[first]))
			continue;
		strbuf_printf(&line, "%s%" PRIu64 " %s", i == first ? ": " : ", ", list[i].events,
			      list[i].kind);
		if (list[i].symbol[0]) {
			strbuf_puts(&line, " in ");
			escape_printable(&line, list[i].symbol);
		}
	}
	wrap_buffer(out, 4, "  ", &line);
}

void background_text_write(struct strbuf *out, const struct background *list, size_t count)
{
	if (count == 0)
		return;
	strbuf_puts(out, "In the background, of other functions and processes\n");
	for (size_t i = 0; i < count; i++)
		if (is_first(list, i))
			write_origin(out, list, count, i);
	strbuf_puts(out, "\n");
}
