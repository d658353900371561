// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/timespan.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define SECOND_NS 1000000000ULL
#define FRACTION_DIGITS_MAX 9

static const struct {
	const char *names[6];
	uint64_t length_ns;
} units[] = {
	{{"us", "usec", "µs"}, 1000},
	{{"ms", "msec"}, 1000000},
	{{"", "s", "sec", "second", "seconds"}, SECOND_NS},
	{{"m", "min", "minute", "minutes"}, 60 * SECOND_NS},
	{{"h", "hr", "hour", "hours"}, 3600 * SECOND_NS},
	{{"d", "day", "days"}, 86400ULL * SECOND_NS},
	{{"w", "week", "weeks"}, 7 * 86400ULL * SECOND_NS},
};

/* The length of the unit of @length bytes at @name, 0 when there is none. */
static uint64_t unit_ns(const char *name, size_t length)
{
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		for (size_t j = 0; j < ARRAY_SIZE(units[i].names) && units[i].names[j]; j++)
			if (strlen(units[i].names[j]) == length &&
			    strncmp(units[i].names[j], name, length) == 0)
				return units[i].length_ns;
	return 0;
}

/* Digits as a number. Returns 0, or -ERANGE. */
static int read_whole(const char **at, uint64_t *value)
{
	for (*value = 0; isdigit((unsigned char)**at); ++*at)
		if (__builtin_mul_overflow(*value, 10, value) ||
		    __builtin_add_overflow(*value, (uint64_t)(**at - '0'), value))
			return -ERANGE;
	return 0;
}

/* Digits behind a point, in billionths; what is finer is dropped. */
static uint64_t read_fraction(const char **at)
{
	uint64_t value = 0, scale = SECOND_NS;

	for (int i = 0; isdigit((unsigned char)**at); ++*at, i++) {
		if (i >= FRACTION_DIGITS_MAX)
			continue;
		scale /= 10;
		value += (uint64_t)(**at - '0') * scale;
	}
	return value;
}

/*
 * Billionths of a unit. Those of a second and more are whole seconds, so that the product always
 * fits; a fraction is less than one, and so this is less than the unit.
 */
static uint64_t part_of_unit(uint64_t billionths, uint64_t length_ns)
{
	if (length_ns >= SECOND_NS)
		return billionths * (length_ns / SECOND_NS);
	return billionths * length_ns / SECOND_NS;
}

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* One number with its unit. */
static int read_part(const char **at, uint64_t *part_ns)
{
	uint64_t whole, fraction = 0, unit, rest_ns;
	size_t length;
	int r;

	if (!isdigit((unsigned char)**at))
		return -EINVAL;
	r = read_whole(at, &whole);
	if (r < 0)
		return r;
	if (**at == '.') {
		++*at;
		if (!isdigit((unsigned char)**at))
			return -EINVAL;
		fraction = read_fraction(at);
	}
	*at = skip_blanks(*at);
	length = strcspn(*at, "0123456789. \t");
	unit = unit_ns(*at, length);
	if (!unit)
		return -EINVAL;
	*at += length;
	rest_ns = part_of_unit(fraction, unit);
	if (__builtin_mul_overflow(whole, unit, part_ns) ||
	    __builtin_add_overflow(*part_ns, rest_ns, part_ns))
		return -ERANGE;
	return 0;
}

int timespan_parse(const char *text, uint64_t *out_ns)
{
	const char *at = skip_blanks(text);
	uint64_t sum_ns = 0;

	do {
		uint64_t part_ns;
		int r = read_part(&at, &part_ns);

		if (r < 0)
			return r;
		if (__builtin_add_overflow(sum_ns, part_ns, &sum_ns))
			return -ERANGE;
		at = skip_blanks(at);
	} while (*at);
	*out_ns = sum_ns;
	return 0;
}

void timespan_text(uint64_t span_ns, char text[TIMESPAN_TEXT_MAX])
{
	unsigned long long seconds = span_ns / SECOND_NS;

	if (seconds < 60)
		snprintf(text, TIMESPAN_TEXT_MAX, "%llu s", seconds);
	else if (seconds < 3600)
		snprintf(text, TIMESPAN_TEXT_MAX, "%llu min", seconds / 60);
	else if (seconds < 86400)
		snprintf(text, TIMESPAN_TEXT_MAX, "%llu h %02llu min", seconds / 3600,
			 seconds / 60 % 60);
	else
		snprintf(text, TIMESPAN_TEXT_MAX, "%llu d %02llu h", seconds / 86400,
			 seconds / 3600 % 24);
}
