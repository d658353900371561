// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/record.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/tri.h"

static bool is_plain(const char *text)
{
	if (!*text)
		return false;
	for (; *text; text++)
		if (*text <= ' ' || *text >= 0x7f || *text == '"' || *text == '\\' || *text == '=')
			return false;
	return true;
}

static void write_text(struct strbuf *out, const char *text)
{
	if (is_plain(text)) {
		strbuf_puts(out, text);
		return;
	}
	strbuf_puts(out, "\"");
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte == '"' || byte == '\\')
			strbuf_printf(out, "\\%c", byte);
		else if (byte < ' ' || byte >= 0x7f)
			strbuf_printf(out, "\\x%02x", byte);
		else
			strbuf_add(out, text, 1);
	}
	strbuf_puts(out, "\"");
}

/* Of a step these are hundreds: printf() would be the most of writing it. */
static void write_number(struct strbuf *out, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	strbuf_add(out, digits + at, sizeof(digits) - at);
}

static void write_value(struct strbuf *out, const struct field *field, const void *value)
{
	switch (field->type) {
	case FIELD_TEXT:
		write_text(out, value);
		break;
	case FIELD_STRING:
		write_text(out, *(char *const *)value ? *(char *const *)value : "");
		break;
	case FIELD_U64:
		write_number(out, *(const uint64_t *)value);
		break;
	case FIELD_UINT:
		write_number(out, *(const unsigned int *)value);
		break;
	case FIELD_U16:
		strbuf_printf(out, "0x%04x", *(const uint16_t *)value);
		break;
	case FIELD_INT:
		strbuf_printf(out, "%d", *(const int *)value);
		break;
	case FIELD_BOOL:
		strbuf_puts(out, *(const bool *)value ? "yes" : "no");
		break;
	case FIELD_TRI:
		strbuf_puts(out, tri_name(*(const enum tri *)value));
		break;
	case FIELD_NAME:
		strbuf_puts(out, field->names[*(const unsigned int *)value]);
		break;
	}
}

void record_write(struct strbuf *out, const struct record_kind *kind, const void *object)
{
	strbuf_puts(out, kind->keyword);
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];

		strbuf_puts(out, " ");
		strbuf_puts(out, field->key);
		strbuf_puts(out, "=");
		write_value(out, field, (const char *)object + field->offset_bytes);
	}
	strbuf_puts(out, "\n");
}

static int parse_unsigned(const char *text, uint64_t max, uint64_t *number)
{
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return -EINVAL;
	errno = 0;
	*number = strtoull(text, &end, 0);
	return errno || *end || *number > max ? -EINVAL : 0;
}

static int parse_int(const char *text, int *number)
{
	char *end;
	long value;

	if (!isdigit((unsigned char)text[text[0] == '-']))
		return -EINVAL;
	errno = 0;
	value = strtol(text, &end, 10);
	/* No INT_MIN: errno values are negated by those who read them. */
	if (errno || *end || value < -INT_MAX || value > INT_MAX)
		return -EINVAL;
	*number = (int)value;
	return 0;
}

static int parse_name(const struct field *field, const char *text, unsigned int *value)
{
	for (unsigned int i = 0; i < field->size_bytes; i++)
		if (field->names[i] && streq(field->names[i], text)) {
			*value = i;
			return 0;
		}
	return -EINVAL;
}

static int parse_string(const char *text, char **value)
{
	char *copy = strdup(text);

	if (!copy)
		return -ENOMEM;
	free(*value);
	*value = copy;
	return 0;
}

static int parse_value(const struct field *field, const char *text, void *value)
{
	uint64_t number = 0;
	int r;

	switch (field->type) {
	case FIELD_TEXT:
		if (strlen(text) >= field->size_bytes)
			return -EINVAL;
		strcpy(value, text);
		return 0;
	case FIELD_STRING:
		return parse_string(text, value);
	case FIELD_U64:
		return parse_unsigned(text, UINT64_MAX, value);
	case FIELD_UINT:
		r = parse_unsigned(text, UINT_MAX, &number);
		*(unsigned int *)value = (unsigned int)number;
		return r;
	case FIELD_U16:
		r = parse_unsigned(text, UINT16_MAX, &number);
		*(uint16_t *)value = (uint16_t)number;
		return r;
	case FIELD_INT:
		return parse_int(text, value);
	case FIELD_BOOL:
		*(bool *)value = streq(text, "yes");
		return streq(text, "yes") || streq(text, "no") ? 0 : -EINVAL;
	case FIELD_TRI:
		*(enum tri *)value = tri_parse(text);
		return *(enum tri *)value != TRI_UNKNOWN || streq(text, "unknown") ? 0 : -EINVAL;
	case FIELD_NAME:
		return parse_name(field, text, value);
	}
	return -EINVAL;
}

static int hex_digit(char c)
{
	if (!isxdigit((unsigned char)c))
		return -1;
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Reads a quoted value that starts behind its opening quote; leaves @at behind the closing one. */
static int take_quoted(const char **at, struct strbuf *value)
{
	const char *c = *at;

	for (;; c++) {
		size_t plain_bytes = strcspn(c, "\"\\");
		char byte;

		strbuf_add(value, c, plain_bytes);
		c += plain_bytes;
		if (*c != '\\')
			break;
		if (c[1] == 'x') {
			int high = hex_digit(c[2]);
			int low = high < 0 ? -1 : hex_digit(c[3]);

			/* A NUL would cut the value short for every later reader. */
			if (low < 0 || (high == 0 && low == 0))
				return -EINVAL;
			byte = (char)(high << 4 | low);
			c += 3;
		} else {
			byte = *++c;
			if (byte != '"' && byte != '\\')
				return -EINVAL;
		}
		strbuf_add(value, &byte, 1);
	}
	if (!*c)
		return -EINVAL;
	*at = c + 1;
	return value->error;
}

/* Fields mostly come in the order of the table: the search begins at @first. */
static const struct field *find_field(const struct record_kind *kind, size_t first, const char *key,
				      size_t key_bytes)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[(first + i) % kind->field_count];

		if (strncmp(field->key, key, key_bytes) == 0 && !field->key[key_bytes])
			return field;
	}
	return NULL;
}

int record_parse(const char *arguments, const struct record_kind *kind, void *object)
{
	_cleanup_strbuf_ struct strbuf value = {0};
	const char *at = arguments;
	size_t next = 0;

	while (*(at += strspn(at, " "))) {
		size_t key_bytes = strcspn(at, "= ");
		const struct field *field = find_field(kind, next, at, key_bytes);
		int r = 0;

		if (key_bytes == 0 || at[key_bytes] != '=')
			return -EINVAL;
		if (field)
			next = (size_t)(field - kind->fields) + 1;
		at += key_bytes + 1;
		strbuf_reset(&value);
		if (*at == '"') {
			at++;
			r = take_quoted(&at, &value);
			if (r == 0 && *at && *at != ' ')
				r = -EINVAL;
		} else {
			size_t length = strcspn(at, " ");

			strbuf_add(&value, at, length);
			at += length;
			r = value.error;
		}
		if (r == 0 && field)
			r = parse_value(field, value.text ? value.text : "",
					(char *)object + field->offset_bytes);
		if (r < 0)
			return r;
	}
	return 0;
}
