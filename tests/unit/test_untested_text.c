// SPDX-License-Identifier: GPL-2.0-or-later
/* What is not tested and what is refused: each reason once, whatever is alike on one line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "render/untested_text.h"

static const struct text_style plain = {.ascii = true};

static char first[] = "0000:01:00.0", second[] = "0000:02:00.0", third[] = "0000:03:00.0";

static void assert_untested(const struct untested *list, size_t count, const char *expected)
{
	_cleanup_strbuf_ struct strbuf out = {.wrap_columns = 200};

	untested_text_write(&out, &plain, list, count);
	assert_int_equal(out.error, 0);
	assert_string_equal(out.text ? out.text : "", expected);
}

static void assert_refused(const struct refusal *list, size_t count, const char *expected)
{
	_cleanup_strbuf_ struct strbuf out = {.wrap_columns = 200};

	refused_text_write(&out, &plain, list, count);
	assert_int_equal(out.error, 0);
	assert_string_equal(out.text ? out.text : "", expected);
}

static void test_none(void **state)
{
	(void)state;
	assert_untested(NULL, 0, "");
	assert_refused(NULL, 0, "");
}

/* A function that neither of two scenarios can test is said with each of them. */
static void test_untested(void **state)
{
	const struct untested list[] = {
		{SCENARIO_SIBLINGS, "", first, "no-ats", "it has none"},
		{SCENARIO_NESTED, "", first, "no-ats", "it has none"},
		{SCENARIO_NESTED, "bus", second, "not-known-here", ""},
		{SCENARIO_NESTED, "", second, "no-ats", "it has none"},
		{SCENARIO_NESTED, "", third, "no-ats", "its PF has none"},
		{SCENARIO_NESTED, "cxl_bus", third, "no-ats", "it has none"},
	};

	(void)state;
	assert_untested(list, ARRAY_SIZE(list),
			"Not tested\n"
			"    no-ats: The kernel does not block the IOMMU for this function. Test a "
			"function with ATS.\n"
			"      nested 0000:01:00.0, 0000:02:00.0: it has none\n"
			"      nested 0000:03:00.0: its PF has none\n"
			"      nested cxl_bus 0000:03:00.0: it has none\n"
			"      siblings 0000:01:00.0: it has none\n"
			"    not-known-here\n"
			"      nested bus 0000:02:00.0\n");
}

/* Old evidence may lack the reason, never the function. */
static void test_untested_without_reason(void **state)
{
	const struct untested list[] = {{SCENARIO_SINGLE, "pm", first, "", "who \033[1m knows"}};

	(void)state;
	assert_untested(list, 1,
			"Not tested\n"
			"      single pm 0000:01:00.0: who \\x1b[1m knows\n");
}

static void test_refused(void **state)
{
	const struct refusal list[] = {
		{"0000:02:00.0", "network-up", "eth1 is up", "Take it down first."},
		{"0000:00:01.0", "bridge", "bridges are never reset", ""},
		{"0000:01:00.0", "network-up", "eth0 is up", "Take it down first."},
		{"0000:00:02.0", "bridge", "bridges are never reset", ""},
	};

	(void)state;
	assert_refused(list, ARRAY_SIZE(list),
		       "Refused, and left alone\n"
		       "    bridge: bridges are never reset.\n"
		       "      0000:00:01.0, 0000:00:02.0\n"
		       "    network-up: eth0 is up. Take it down first.\n"
		       "      0000:01:00.0\n"
		       "    network-up: eth1 is up. Take it down first.\n"
		       "      0000:02:00.0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_untested),
		cmocka_unit_test(test_untested_without_reason),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
