// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/wrap.h"

#include <ctype.h>
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

static bool is_unit(const char *text, size_t length_bytes)
{
	static const char *const units[] = {"ns", "us", "ms", "s", "min", "h"};

	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (strlen(units[i]) == length_bytes && strncmp(units[i], text, length_bytes) == 0)
			return true;
	return false;
}

/* Of a word, with its unit if it is a number. */
static size_t unbroken_bytes(const char *text)
{
	size_t length = strcspn(text, " ");
	const char *next = text + length + 1;

	if (!length || !text[length] || !isdigit((unsigned char)text[length - 1]) ||
	    !is_unit(next, strcspn(next, " ,.;:)")))
		return length;
	return length + 1 + strcspn(next, " ");
}

/* From @column on, where the label ends. */
static void add_paragraph(struct strbuf *out, unsigned int indent, unsigned int column,
			  const char *text)
{
	unsigned int columns = out->wrap_columns ? out->wrap_columns : WRAP_COLUMNS;
	bool fresh = true;

	if (column < indent) {
		strbuf_printf(out, "%*s", (int)(indent - column), "");
		column = indent;
	}
	for (; *(text += strspn(text, " "));) {
		size_t length_bytes = unbroken_bytes(text);
		unsigned int width = width_of(text, length_bytes);

		if (!fresh && column + 1 + width > columns) {
			strbuf_printf(out, "\n%*s", (int)indent, "");
			column = indent;
			fresh = true;
		}
		if (!fresh) {
			strbuf_puts(out, " ");
			column++;
		}
		strbuf_add(out, text, length_bytes);
		column += width;
		fresh = false;
		text += length_bytes;
	}
	strbuf_puts(out, "\n");
}

static void add_escaped(struct strbuf *out, unsigned int indent, unsigned int column,
			const char *text)
{
	_cleanup_strbuf_ struct strbuf safe = {0};

	escape_printable(&safe, text);
	if (safe.error)
		out->error = safe.error;
	else
		add_paragraph(out, indent, column, safe.text ? safe.text : "");
}

void wrap_labelled(struct strbuf *out, unsigned int indent, const char *label, const char *text)
{
	_cleanup_strbuf_ struct strbuf head = {0};

	escape_printable(&head, label);
	if (head.error) {
		out->error = head.error;
		return;
	}
	strbuf_puts(out, head.text ? head.text : "");
	add_escaped(out, indent, width_of(head.text, head.length_bytes), text);
}

void wrap_toned(struct strbuf *out, const struct text_style *style, enum tone tone,
		unsigned int indent, const char *label, const char *text)
{
	style_word(out, style, tone, label);
	add_escaped(out, indent, width_of(label, strlen(label)), text);
}

void wrap_on(struct strbuf *out, unsigned int indent, unsigned int column, const char *text)
{
	add_escaped(out, indent, column, text);
}

void wrap_buffer(struct strbuf *out, unsigned int indent, const char *label,
		 const struct strbuf *text)
{
	if (text->error)
		out->error = text->error;
	else if (text->text)
		wrap_labelled(out, indent, label, text->text);
}
