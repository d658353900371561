// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/bdf.h"

#include <ctype.h>
#include <errno.h>

#define DOMAIN_MAX 0x7fffffffUL

/* Reads @min to @max hex digits. Returns how many there were, 0 for none that fit. */
static size_t hex_digits(const char *text, size_t min, size_t max, unsigned long *value)
{
	size_t count = 0;

	*value = 0;
	while (isxdigit((unsigned char)text[count])) {
		char digit = (char)tolower((unsigned char)text[count]);

		if (++count > max)
			return 0;
		*value = *value * 16 +
			 (unsigned long)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
	}
	return count >= min ? count : 0;
}

static int parse(const char *text, bool exact, struct bdf *bdf)
{
	unsigned long domain = 0, bus, slot, func;
	const char *colon = strchr(text, ':');
	size_t digits;

	if (exact || (colon && strchr(colon + 1, ':'))) {
		digits = hex_digits(text, exact ? 4 : 1, 8, &domain);
		if (!digits || text[digits] != ':' || domain > DOMAIN_MAX)
			return -EINVAL;
		text += digits + 1;
	}
	digits = hex_digits(text, exact ? 2 : 1, 2, &bus);
	if (!digits || text[digits] != ':')
		return -EINVAL;
	text += digits + 1;
	digits = hex_digits(text, exact ? 2 : 1, 2, &slot);
	if (!digits || text[digits] != '.' || slot > 0x1f)
		return -EINVAL;
	text += digits + 1;
	digits = hex_digits(text, 1, 1, &func);
	if (!digits || text[digits] || func > 7)
		return -EINVAL;
	*bdf = (struct bdf){(uint32_t)domain, (uint8_t)bus, (uint8_t)slot, (uint8_t)func};
	return 0;
}

int bdf_parse(const char *text, struct bdf *bdf)
{
	return parse(text, true, bdf);
}

int bdf_parse_loose(const char *text, struct bdf *bdf)
{
	return parse(text, false, bdf);
}

void bdf_format(const struct bdf *bdf, char text[BDF_MAX])
{
	snprintf(text, BDF_MAX, "%04x:%02x:%02x.%x", bdf->domain, bdf->bus, bdf->slot, bdf->func);
}

const char *bdf_next_in_path(const char *path, char bdf[BDF_MAX])
{
	while (*path) {
		size_t length = strcspn(path, "/");
		struct bdf parsed;

		if (length && length < BDF_MAX) {
			memcpy(bdf, path, length);
			bdf[length] = '\0';
			if (bdf_parse(bdf, &parsed) == 0)
				return path + length;
		}
		path += length;
		path += *path == '/';
	}
	return NULL;
}

bool bdf_is_in_path(const char *path, const char *function)
{
	char bdf[BDF_MAX];

	while ((path = bdf_next_in_path(path, bdf)))
		if (streq(bdf, function))
			return true;
	return false;
}
