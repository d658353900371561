// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/escape.h"

struct example {
	const char *text, *printable, *utf8;
};

static const struct example examples[] = {
	{"", "", ""},
	{"plain \\ \"text\"", "plain \\ \"text\"", "plain \\ \"text\""},
	{"\033[2J\a\n\t\x7f", "\\x1b[2J\\x07\\x0a\\x09\\x7f", "\033[2J\a\n\t\x7f"},
	{"gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\xa7",
	 "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\xa7",
	 "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\xa7"},
	/* C1 control, right-to-left override, zero width space, byte order mark */
	{"\xc2\x9b", "\\xc2\\x9b", "\xc2\x9b"},
	{"a\xe2\x80\xae"
	 "b",
	 "a\\xe2\\x80\\xaeb",
	 "a\xe2\x80\xae"
	 "b"},
	{"\xe2\x80\x8b", "\\xe2\\x80\\x8b", "\xe2\x80\x8b"},
	{"\xef\xbf\xbe|\xef\xbf\xbf", "\\xef\\xbf\\xbe|\\xef\\xbf\\xbf",
	 "\xef\xbf\xbe|\xef\xbf\xbf"},
	{"\xf4\x8f\xbf\xbf", "\\xf4\\x8f\\xbf\\xbf", "\xf4\x8f\xbf\xbf"},
	{"\xef\xbb\xbf", "\\xef\\xbb\\xbf", "\xef\xbb\xbf"},
	/* lone continuation, cut short, overlong, surrogate, past the last character */
	{"\x80", "\\x80", "\\x80"},
	{"a\xc3", "a\\xc3", "a\\xc3"},
	{"\xe2\x82", "\\xe2\\x82", "\\xe2\\x82"},
	{"\xe2\x82z", "\\xe2\\x82z", "\\xe2\\x82z"},
	{"\xc0\xaf", "\\xc0\\xaf", "\\xc0\\xaf"},
	{"\xe0\x80\xaf", "\\xe0\\x80\\xaf", "\\xe0\\x80\\xaf"},
	{"\xed\xa0\x80", "\\xed\\xa0\\x80", "\\xed\\xa0\\x80"},
	{"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80", "\\xf4\\x90\\x80\\x80"},
	{"\xff\xfe", "\\xff\\xfe", "\\xff\\xfe"},
};

static void check(void (*escape)(struct strbuf *, const char *), const char *text,
		  const char *expected)
{
	_cleanup_strbuf_ struct strbuf out = {0};

	escape(&out, text);
	assert_int_equal(out.error, 0);
	assert_string_equal(out.text ? out.text : "", expected);
}

static void test_printable(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(examples); i++)
		check(escape_printable, examples[i].text, examples[i].printable);
}

static void test_utf8(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(examples); i++)
		check(escape_utf8, examples[i].text, examples[i].utf8);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_printable),
		cmocka_unit_test(test_utf8),
	};

	return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
