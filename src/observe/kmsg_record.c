// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/kmsg_record.h"

#include <errno.h>
#include <limits.h>

/* Reads decimal digits up to @end, which is stepped over. Returns false when there is none. */
static bool take_number(char **at, char end, uint64_t *value)
{
	char *digit = *at;

	for (*value = 0; *digit >= '0' && *digit <= '9'; digit++)
		if (__builtin_mul_overflow(*value, 10, value) ||
		    __builtin_add_overflow(*value, *digit - '0', value))
			return false;
	if (digit == *at || *digit != end)
		return false;
	*at = digit + 1;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The kernel writes "\xNN" for everything that is not printable ASCII, and for a backslash. */
static void unescape(char *text)
{
	char *out;

	/* Most lines have none. */
	text = strchrnul(text, '\\');
	out = text;
	while (*text) {
		int high = -1, low = -1;

		if (text[0] == '\\' && text[1] == 'x') {
			high = hex_digit(text[2]);
			low = high < 0 ? -1 : hex_digit(text[3]);
		}
		if (low < 0 || (high == 0 && low == 0)) {
			*out++ = *text++;
			continue;
		}
		*out++ = (char)(high * 16 + low);
		text += 4;
	}
	*out = '\0';
}

/* Cuts @text at its newline; returns what follows, NULL when it is the last line. */
static char *cut_line(char *text)
{
	char *newline = strchr(text, '\n');

	if (!newline)
		return NULL;
	*newline = '\0';
	return newline + 1;
}

/* "-,caller=T151": flags, and with CONFIG_PRINTK_CALLER who wrote. One that is too long is none. */
static void read_caller(const char *flags, const char *end, char caller[CALLER_MAX])
{
	const char *at = memchr(flags, ',', (size_t)(end - flags));
	size_t length;

	while (at && !starts_with(at, ",caller="))
		at = memchr(at + 1, ',', (size_t)(end - at - 1));
	if (!at)
		return;
	at += strlen(",caller=");
	length = strcspn(at, ",;");
	if (length >= CALLER_MAX)
		return;
	memcpy(caller, at, length);
	caller[length] = '\0';
}

int kmsg_record_parse(char *buffer, size_t length_bytes, struct log_record *record)
{
	uint64_t priority, sequence, time_us;
	char caller[CALLER_MAX] = "";
	char *at = buffer, *rest, *flags;
	char *device;

	buffer[length_bytes] = '\0';
	if (strlen(buffer) != length_bytes)
		return -EINVAL;
	if (!take_number(&at, ',', &priority) || !take_number(&at, ',', &sequence) ||
	    !take_number(&at, ',', &time_us) || priority > UINT_MAX)
		return -EINVAL;
	/* Flags and whatever later kernels put after them. */
	flags = at;
	at = strchr(at, ';');
	if (!at)
		return -EINVAL;
	read_caller(flags, at, caller);
	at++;
	rest = cut_line(at);
	unescape(at);
	device = at + strlen(at);
	while (rest) {
		char *line = rest;

		rest = cut_line(line);
		if (starts_with(line, " DEVICE=")) {
			device = line + strlen(" DEVICE=");
			unescape(device);
		}
	}
	*record = (struct log_record){
		.sequence = sequence,
		.time_us = time_us,
		.facility = (unsigned int)(priority >> 3),
		.level = (unsigned int)(priority & 7),
		.text = at,
		.device = device,
	};
	memcpy(record->caller, caller, sizeof(record->caller));
	return 0;
}
