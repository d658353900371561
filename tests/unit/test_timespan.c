// SPDX-License-Identifier: GPL-2.0-or-later
/* Lengths of time as people write them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "base/timespan.h"

#define S 1000000000ULL

static void good(void **state)
{
	static const struct {
		const char *text;
		uint64_t ns;
	} cases[] = {
		{"90", 90 * S},
		{"0", 0},
		{"0s", 0},
		{"007", 7 * S},
		{"90s", 90 * S},
		{"90 s", 90 * S},
		{" 90s ", 90 * S},
		{"10m", 600 * S},
		{"10min", 600 * S},
		{"1minute", 60 * S},
		{"8h", 28800 * S},
		{"2hours", 7200 * S},
		{"1d", 86400 * S},
		{"1w", 604800 * S},
		{"1h30m", 5400 * S},
		{"1h 30min 5s", 5405 * S},
		{"1h 30", 3630 * S},
		{"5s 1m", 65 * S},
		{"1.5h", 5400 * S},
		{"0.25", S / 4},
		{"0.999999999w", 604799999395200ULL},
		{"0.999999999ms", 999999},
		{"0.000000001s", 1},
		{"0.0000000019s", 1},
		{"1.5d12h", 48ULL * 3600 * S},
		{"500ms", S / 2},
		{"250us", 250000},
		{"250µs", 250000},
		{"18446744073s", 18446744073ULL * S},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t ns = 1234567;

		assert_int_equal(timespan_parse(cases[i].text, &ns), 0);
		assert_int_equal(ns, cases[i].ns);
	}
}

static void bad(void **state)
{
	static const char *const texts[] = {
		"",   "  ",  "s",     "h1",	  "-1",	  "+1",	  "1x",	       "1 x",  "1h,30m",
		"1.", "1.s", ".5",    "1..5",	  "0x10", "1e3",  "ten",       "1mo",  "1y",
		"1S", "1 H", "1h-5m", "infinity", "1:30", "1s\n", "1h 30 m x", "1/2h",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		uint64_t ns = 77;

		assert_int_equal(timespan_parse(texts[i], &ns), -EINVAL);
		assert_int_equal(ns, 77);
	}
}

static void too_long(void **state)
{
	static const char *const texts[] = {
		"18446744074s",	 "99999999999999999999s", "18446744073709551615w",
		"20000w 20000w", "213503982334601d",	  "18446744073.8s",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		uint64_t ns;

		assert_int_equal(timespan_parse(texts[i], &ns), -ERANGE);
	}
}

static void for_people(void **state)
{
	static const struct {
		uint64_t seconds;
		const char *text;
	} spans[] = {
		{0, "0 s"},	      {59, "59 s"},
		{60, "1 min"},	      {3599, "59 min"},
		{3600, "1 h 00 min"}, {86399, "23 h 59 min"},
		{86400, "1 d 00 h"},  {18446744073, "213503 d 23 h"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(spans); i++) {
		char text[TIMESPAN_TEXT_MAX];

		timespan_text(spans[i].seconds * 1000000000ULL, text);
		assert_string_equal(text, spans[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(bad),
		cmocka_unit_test(too_long),
		cmocka_unit_test(for_people),
	};

	return cmocka_run_group_tests_name("timespan", tests, NULL, NULL);
}
