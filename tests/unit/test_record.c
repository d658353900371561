// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <limits.h>
#include <stdbool.h>

#include "model/record.h"
#include "model/tri.h"

enum colour { RED, GREEN };

static const char *const colour_names[] = {[RED] = "red", [GREEN] = "green"};

struct thing {
	char text[8];
	char *string;
	uint64_t big;
	unsigned int count;
	uint16_t id;
	int number;
	bool flag;
	enum tri tri;
	enum colour colour;
};

static const struct field thing_fields[] = {
	FIELD(struct thing, text, FIELD_TEXT),
	FIELD(struct thing, string, FIELD_STRING),
	FIELD(struct thing, big, FIELD_U64),
	FIELD(struct thing, count, FIELD_UINT),
	FIELD(struct thing, id, FIELD_U16),
	FIELD(struct thing, number, FIELD_INT),
	FIELD(struct thing, flag, FIELD_BOOL),
	FIELD(struct thing, tri, FIELD_TRI),
	FIELD_NAMED(struct thing, colour, colour_names),
};

static const struct record_kind thing_kind = {
	.keyword = "thing", .fields = thing_fields, .field_count = ARRAY_SIZE(thing_fields)};

static void thing_free(struct thing *thing)
{
	free(thing->string);
}

/* What is written for @thing, without keyword and newline. */
static char *written(const struct thing *thing)
{
	struct strbuf out = {0};
	char *text = NULL;

	record_write(&out, &thing_kind, thing);
	assert_int_equal(strbuf_take(&out, &text), 0);
	assert_true(starts_with(text, "thing "));
	assert_int_equal(text[strlen(text) - 1], '\n');
	text[strlen(text) - 1] = '\0';
	memmove(text, text + 6, strlen(text + 6) + 1);
	return text;
}

static void test_each_kind_of_field(void **state)
{
	char long_text[] = "it's \"so\" = 1\\2\t\n\x01\x7f\xff";
	struct thing thing = {.text = "a b",
			      .string = long_text,
			      .big = UINT64_MAX,
			      .count = UINT_MAX,
			      .id = 0x1af4,
			      .number = -INT_MAX,
			      .flag = true,
			      .tri = TRI_NO,
			      .colour = GREEN};
	_cleanup_(thing_free) struct thing back = {0};
	_cleanup_free_ char *text = written(&thing);

	(void)state;
	assert_string_equal(
		text, "text=\"a b\" string=\"it's \\\"so\\\" = 1\\\\2\\x09\\x0a\\x01\\x7f\\xff\" "
		      "big=18446744073709551615 count=4294967295 id=0x1af4 "
		      "number=-2147483647 flag=yes tri=no colour=green");
	assert_int_equal(record_parse(text, &thing_kind, &back), 0);
	assert_string_equal(back.text, "a b");
	assert_string_equal(back.string, long_text);
	assert_true(back.big == UINT64_MAX && back.count == UINT_MAX && back.id == 0x1af4);
	assert_true(back.number == -INT_MAX && back.flag && back.tri == TRI_NO);
	assert_int_equal(back.colour, GREEN);
}

static void test_each_byte_survives(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		struct thing thing = {.text = {'a', (char)byte, 'z'}};
		_cleanup_(thing_free) struct thing back = {0};
		_cleanup_free_ char *text = written(&thing);

		for (const char *at = text; *at; at++)
			assert_true(*at >= ' ' && *at < 0x7f);
		assert_int_equal(record_parse(text, &thing_kind, &back), 0);
		assert_string_equal(back.text, thing.text);
	}
}

static void test_empty_and_absent(void **state)
{
	struct thing thing = {.text = "old", .number = 7};

	(void)state;
	assert_int_equal(record_parse("", &thing_kind, &thing), 0);
	assert_int_equal(record_parse("   ", &thing_kind, &thing), 0);
	assert_string_equal(thing.text, "old");
	assert_int_equal(record_parse("text=\"\"", &thing_kind, &thing), 0);
	assert_string_equal(thing.text, "");
	assert_int_equal(thing.number, 7);
	assert_null(thing.string);
}

static void test_unknown_keys_are_passed_over(void **state)
{
	struct thing thing = {0};

	(void)state;
	assert_int_equal(record_parse("later=\"a \\\" b\" number=5 x=", &thing_kind, &thing), 0);
	assert_int_equal(thing.number, 5);
}

static void test_a_key_is_not_its_prefix(void **state)
{
	struct thing thing = {0};

	(void)state;
	assert_int_equal(record_parse("num=5 numbers=6", &thing_kind, &thing), 0);
	assert_int_equal(thing.number, 0);
}

static void test_malformed(void **state)
{
	static const char *const lines[] = {
		"number",
		"number 5",
		"=5",
		"number=5 flag",
		"number=",
		"number=five",
		"number=5x",
		"number=--5",
		"number=2147483648",
		"number=-2147483648",
		"number=-2147483649",
		"number=+5",
		"number=-",
		"big=-1",
		"big=18446744073709551616",
		"big=",
		"big=1.5",
		"count=4294967296",
		"count=-1",
		"id=0x10000",
		"id=0xfg",
		"flag=true",
		"flag=1",
		"flag=",
		"tri=maybe",
		"tri=",
		"colour=blue",
		"colour=",
		"colour=gree",
		"text=12345678",
		"text=\"12345678\"",
		"text=\"open",
		"text=\"open\\",
		"text=\"\\q\"",
		"text=\"\\x4\"",
		"text=\"\\xg0\"",
		"text=\"\\x00\"",
		"text=\"a\"b",
		"text=\"a\"number=5",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		_cleanup_(thing_free) struct thing thing = {0};
		int r = record_parse(lines[i], &thing_kind, &thing);

		if (r != -EINVAL)
			fail_msg("'%s' gave %d", lines[i], r);
	}
}

static void test_a_string_given_twice_is_freed_once(void **state)
{
	_cleanup_(thing_free) struct thing thing = {0};

	(void)state;
	assert_int_equal(record_parse("string=one string=two", &thing_kind, &thing), 0);
	assert_string_equal(thing.string, "two");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_kind_of_field),
		cmocka_unit_test(test_each_byte_survives),
		cmocka_unit_test(test_empty_and_absent),
		cmocka_unit_test(test_unknown_keys_are_passed_over),
		cmocka_unit_test(test_a_key_is_not_its_prefix),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_a_string_given_twice_is_freed_once),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
