// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/strbuf.h"

#include <errno.h>
#include <stdarg.h>

static int reserve(struct strbuf *buf, size_t more_bytes)
{
	size_t need_bytes, size_bytes;
	char *text;

	if (buf->error)
		return buf->error;
	if (__builtin_add_overflow(buf->length_bytes, more_bytes, &need_bytes) ||
	    __builtin_add_overflow(need_bytes, 1, &need_bytes))
		return buf->error = -ENOMEM;
	if (need_bytes <= buf->size_bytes)
		return 0;
	size_bytes = buf->size_bytes ? buf->size_bytes : 128;
	while (size_bytes < need_bytes)
		if (__builtin_mul_overflow(size_bytes, 2, &size_bytes))
			return buf->error = -ENOMEM;
	text = realloc(buf->text, size_bytes);
	if (!text)
		return buf->error = -ENOMEM;
	buf->text = text;
	buf->size_bytes = size_bytes;
	return 0;
}

void strbuf_add(struct strbuf *buf, const char *bytes, size_t length_bytes)
{
	if (reserve(buf, length_bytes) < 0)
		return;
	memcpy(buf->text + buf->length_bytes, bytes, length_bytes);
	buf->length_bytes += length_bytes;
	buf->text[buf->length_bytes] = '\0';
}

void strbuf_puts(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args;
	size_t room_bytes;
	int length;

	if (reserve(buf, 0) < 0)
		return;
	room_bytes = buf->size_bytes - buf->length_bytes;
	va_start(args, format);
	length = vsnprintf(buf->text + buf->length_bytes, room_bytes, format, args);
	va_end(args);
	if (length >= 0 && (size_t)length >= room_bytes && reserve(buf, (size_t)length) == 0) {
		va_start(args, format);
		vsnprintf(buf->text + buf->length_bytes, (size_t)length + 1, format, args);
		va_end(args);
	}
	if (length >= 0 && !buf->error)
		buf->length_bytes += (size_t)length;
	buf->text[buf->length_bytes] = '\0';
}

void strbuf_reset(struct strbuf *buf)
{
	buf->length_bytes = 0;
	if (buf->text)
		buf->text[0] = '\0';
}

int strbuf_take(struct strbuf *buf, char **out)
{
	if (reserve(buf, 0) < 0)
		return buf->error;
	buf->text[buf->length_bytes] = '\0';
	*out = TAKE_PTR(buf->text);
	*buf = (struct strbuf){0};
	return 0;
}

int strbuf_write(const struct strbuf *buf, FILE *out)
{
	if (buf->error)
		return buf->error;
	return fwrite(buf->text ? buf->text : "", 1, buf->length_bytes, out) == buf->length_bytes
		       ? 0
		       : -errno;
}

void strbuf_free(struct strbuf *buf)
{
	free(buf->text);
	*buf = (struct strbuf){0};
}
