// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/escape.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Decodes the character at @text (Unicode 15, table 3-7: no overlong forms, no surrogates).
 * Returns its length in bytes, or 0 when the bytes are no UTF-8.
 */
static size_t decode(const unsigned char *text, uint32_t *character)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t length;

	if (text[0] < 0x80) {
		*character = text[0];
		return 1;
	}
	if (text[0] < 0xc2 || text[0] > 0xf4)
		return 0;
	length = text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
	*character = text[0] & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		/* Also stops at the NUL. */
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		*character = *character << 6 | (text[i] & 0x3f);
	}
	if (*character < smallest[length] || *character > 0x10ffff ||
	    (*character >= 0xd800 && *character <= 0xdfff))
		return 0;
	return length;
}

static bool within(uint32_t character, uint32_t first, uint32_t last)
{
	return character >= first && character <= last;
}

static bool is_printable(uint32_t character)
{
	if (character < ' ' || within(character, 0x7f, 0x9f))
		return false;
	/* The two of each plane that will never be characters. */
	if ((character & 0xfffe) == 0xfffe)
		return false;
	/* Separators, zero width and bidirectional controls, the byte order mark, tags. */
	return !(within(character, 0x200b, 0x200f) || within(character, 0x2028, 0x202e) ||
		 within(character, 0x2060, 0x206f) || character == 0x061c || character == 0xfeff ||
		 within(character, 0xfff0, 0xfffb) || within(character, 0xe0000, 0xe007f));
}

/* Most texts are nothing else. */
static size_t plain_bytes(const char *text)
{
	size_t length = 0;

	while (text[length] >= ' ' && text[length] < 0x7f)
		length++;
	return length;
}

static void escape(struct strbuf *out, const char *text, bool printable_only)
{
	for (;;) {
		uint32_t character = 0;
		size_t length = plain_bytes(text);

		if (length)
			strbuf_add(out, text, length);
		text += length;
		if (!*text)
			return;
		length = decode((const unsigned char *)text, &character);

		if (length && (!printable_only || is_printable(character))) {
			strbuf_add(out, text, length);
			text += length;
			continue;
		}
		for (size_t i = 0; i < (length ? length : 1); i++)
			strbuf_printf(out, "\\x%02x", (unsigned char)text[i]);
		text += length ? length : 1;
	}
}

void escape_printable(struct strbuf *out, const char *text)
{
	escape(out, text, true);
}

void escape_utf8(struct strbuf *out, const char *text)
{
	escape(out, text, false);
}
