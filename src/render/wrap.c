// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/wrap.h"

#include <errno.h>
#include <stdbool.h>

#include "base/escape.h"

/* Characters, not bytes. */
static unsigned int width_of(const char *text, size_t length_bytes)
{
	unsigned int width = 0;

	for (size_t i = 0; i < length_bytes; i++)
		width += ((unsigned char)text[i] & 0xc0) != 0x80;
	return width;
}

void wrap_labelled(struct strbuf *out, unsigned int indent, const char *label, const char *text)
{
	_cleanup_strbuf_ struct strbuf safe = {0};
	_cleanup_strbuf_ struct strbuf head = {0};
	unsigned int column;
	bool fresh = true;
	const char *at;

	escape_printable(&head, label);
	escape_printable(&safe, text);
	if (head.error || safe.error) {
		out->error = -ENOMEM;
		return;
	}
	column = head.text ? width_of(head.text, head.length_bytes) : 0;
	strbuf_puts(out, head.text ? head.text : "");
	if (column < indent) {
		strbuf_printf(out, "%*s", (int)(indent - column), "");
		column = indent;
	}
	for (at = safe.text ? safe.text : ""; *(at += strspn(at, " "));) {
		size_t length_bytes = strcspn(at, " ");
		unsigned int width = width_of(at, length_bytes);

		if (!fresh && column + 1 + width > WRAP_COLUMNS) {
			strbuf_printf(out, "\n%*s", (int)indent, "");
			column = indent;
			fresh = true;
		}
		if (!fresh) {
			strbuf_puts(out, " ");
			column++;
		}
		strbuf_add(out, at, length_bytes);
		column += width;
		fresh = false;
		at += length_bytes;
	}
	strbuf_puts(out, "\n");
}

void wrap_buffer(struct strbuf *out, unsigned int indent, const char *label,
		 const struct strbuf *text)
{
	if (text->error)
		out->error = text->error;
	else if (text->text)
		wrap_labelled(out, indent, label, text->text);
}
