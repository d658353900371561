// SPDX-License-Identifier: GPL-2.0-or-later
/* Addresses, and the selection of functions as lspci's users know it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/filter.h"

#define BIT(n) (1U << (n))

static void test_bdf(void **state)
{
	static const char *const wrong[] = {
		"",
		"0000:01:00",
		"0000:01:00.8",
		"0000:01:20.0",
		"000:01:00.0",
		"0000:1:00.0",
		"0000:01:0.0",
		"0000:01:00.0 ",
		" 0000:01:00.0",
		"0000:01:00.00",
		"01:00.0",
		"x000:01:00.0",
		"80000000:01:00.0",
		"123456789:01:00.0",
		"0000:01:00:0",
		"0000:01:00.",
		"0000:01:00.0\n",
	};
	struct bdf bdf = {.domain = 99};
	char text[BDF_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(bdf_parse(wrong[i], &bdf), -EINVAL);
	assert_int_equal(bdf.domain, 99);
	assert_int_equal(bdf_parse("10000:e1:1f.7", &bdf), 0);
	assert_int_equal(bdf.domain, 0x10000);
	assert_int_equal(bdf.bus, 0xe1);
	assert_int_equal(bdf.slot, 0x1f);
	assert_int_equal(bdf.func, 7);
	bdf_format(&bdf, text);
	assert_string_equal(text, "10000:e1:1f.7");
	assert_int_equal(bdf_parse("7fffffff:ff:1f.7", &bdf), 0);
	bdf_format(&bdf, text);
	assert_string_equal(text, "7fffffff:ff:1f.7");
}

static void test_bdf_loose(void **state)
{
	struct bdf bdf;
	char text[BDF_MAX];

	(void)state;
	assert_int_equal(bdf_parse_loose("D:a.1", &bdf), 0);
	bdf_format(&bdf, text);
	assert_string_equal(text, "0000:0d:0a.1");
	assert_int_equal(bdf_parse_loose("1:0d:00.0", &bdf), 0);
	bdf_format(&bdf, text);
	assert_string_equal(text, "0001:0d:00.0");
	assert_int_equal(bdf_parse_loose("00.0", &bdf), -EINVAL);
	assert_int_equal(bdf_parse_loose("0:0:0:0.0", &bdf), -EINVAL);
	assert_int_equal(bdf_parse_loose(":0d:00.0", &bdf), -EINVAL);
}

static void test_bdf_in_path(void **state)
{
	const char *path = "../../devices/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e1:00.0/"
			   "0000:00:16.3:0/nvme";
	char bdf[BDF_MAX];

	(void)state;
	path = bdf_next_in_path(path, bdf);
	assert_non_null(path);
	assert_string_equal(bdf, "0000:00:0e.0");
	path = bdf_next_in_path(path, bdf);
	assert_non_null(path);
	assert_string_equal(bdf, "10000:e1:00.0");
	assert_null(bdf_next_in_path(path, bdf));
	assert_null(bdf_next_in_path("", bdf));
	assert_null(bdf_next_in_path("///", bdf));
}

/* One of each that the cases below tell apart. */
static const struct function functions[] = {
	{.bdf = "0000:00:01.0",
	 .vendor = 0x8086,
	 .device = 0x3420,
	 .class_code = 0x060400,
	 .group = NO_GROUP},
	{.bdf = "0000:0d:00.0",
	 .vendor = 0x1af4,
	 .device = 0x1041,
	 .class_code = 0x020000,
	 .group = 5},
	{.bdf = "0000:0d:00.1",
	 .vendor = 0x1af4,
	 .device = 0x1042,
	 .class_code = 0x010000,
	 .group = 5},
	{.bdf = "0001:0d:1f.1",
	 .vendor = 0x1b36,
	 .device = 0x0010,
	 .class_code = 0x010802,
	 .group = 0},
	{.bdf = "10000:e1:00.0",
	 .vendor = 0x1b36,
	 .device = 0x1041,
	 .class_code = 0x010810,
	 .group = 6},
};

static unsigned int matching(const struct filter *filter)
{
	unsigned int bits = 0;

	for (size_t i = 0; i < ARRAY_SIZE(functions); i++)
		if (filter_match(filter, &functions[i]))
			bits |= BIT(i);
	return bits;
}

#define ALL (BIT(0) | BIT(1) | BIT(2) | BIT(3) | BIT(4))

static void test_slot(void **state)
{
	static const struct {
		const char *text;
		unsigned int bits;
	} cases[] = {
		{":", ALL},
		{"*", ALL},
		{"*:*:*.*", ALL},
		{"::", ALL},
		{".", ALL},
		{"0d:", BIT(1) | BIT(2) | BIT(3)},
		{"D:", BIT(1) | BIT(2) | BIT(3)},
		{"0:0d:", BIT(1) | BIT(2)},
		{"0000:0d:", BIT(1) | BIT(2)},
		{"1::", BIT(3)},
		{"10000:e1:00.0", BIT(4)},
		{"10000::", BIT(4)},
		{".1", BIT(2) | BIT(3)},
		{"1f", BIT(3)},
		{"0", BIT(1) | BIT(2) | BIT(4)},
		{"0d:0.*", BIT(1) | BIT(2)},
		{"0d:0.", BIT(1) | BIT(2)},
		{"00:1.0", BIT(0)},
		{"1.0", BIT(0)},
		{"2:0.0", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_filter_ struct filter filter = FILTER_INIT;

		if (filter_parse_slot(&filter, cases[i].text))
			fail_msg("'%s' was refused", cases[i].text);
		if (matching(&filter) != cases[i].bits)
			fail_msg("'%s' matched %x", cases[i].text, matching(&filter));
		assert_false(filter_selects_all(&filter));
	}
}

static void test_id(void **state)
{
	static const struct {
		const char *text;
		unsigned int bits;
	} cases[] = {
		{":", ALL},
		{"*:*", ALL},
		{"1af4:", BIT(1) | BIT(2)},
		{"1AF4:1042", BIT(2)},
		{":1041", BIT(1) | BIT(4)},
		{"::0108", BIT(3) | BIT(4)},
		{"::01xx", BIT(2) | BIT(3) | BIT(4)},
		{"::x1xx", BIT(2) | BIT(3) | BIT(4)},
		{"::xx00", BIT(1) | BIT(2)},
		{"::0108:02", BIT(3)},
		{":::10", BIT(4)},
		{"1b36:10:*:*", BIT(3)},
		{"ffff:", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_filter_ struct filter filter = FILTER_INIT;

		if (filter_parse_id(&filter, cases[i].text))
			fail_msg("'%s' was refused", cases[i].text);
		if (matching(&filter) != cases[i].bits)
			fail_msg("'%s' matched %x", cases[i].text, matching(&filter));
	}
}

static void test_refused(void **state)
{
	static const char *const slots[] = {
		"",	    "g",
		"1:2:3:4",  "100:0.0",
		"20.0",	    "0.8",
		"0.0.0",    "80000000:0:0.0",
		"-1:",	    "0x1:",
		"0d:00.0 ", "1111111111111111111111111111111111111111111111111111111111111111111",
	};
	static const char *const ids[] = {
		"",	  "1af4",      "10000:", ":10000", "::10000",
		":::100", "1:2:3:4:5", "g:",	 "x:",	   "::010g",
	};
	static const char *const groups[] = {"", "x", "-1", "1 ", "2147483648", "0x1"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(slots); i++) {
		struct filter filter = FILTER_INIT;

		if (!filter_parse_slot(&filter, slots[i]))
			fail_msg("'%s' was accepted", slots[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		struct filter filter = FILTER_INIT;

		if (!filter_parse_id(&filter, ids[i]))
			fail_msg("'%s' was accepted", ids[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		struct filter filter = FILTER_INIT;

		if (!filter_parse_group(&filter, groups[i]))
			fail_msg("'%s' was accepted", groups[i]);
		assert_true(filter_selects_all(&filter));
	}
}

static void test_combined(void **state)
{
	_cleanup_filter_ struct filter filter = FILTER_INIT;

	(void)state;
	assert_true(filter_selects_all(&filter));
	assert_int_equal(matching(&filter), ALL);
	assert_null(filter_parse_group(&filter, "5"));
	assert_int_equal(matching(&filter), BIT(1) | BIT(2));
	assert_null(filter_parse_id(&filter, ":1042"));
	assert_int_equal(matching(&filter), BIT(2));
	assert_null(filter_add_function(&filter, "0d:00.0"));
	assert_int_equal(matching(&filter), 0);
	assert_null(filter_add_function(&filter, "0000:0d:00.1"));
	assert_int_equal(matching(&filter), BIT(2));
	assert_true(filter_names(&filter, "0000:0d:00.0"));
	assert_false(filter_names(&filter, "0001:0d:1f.1"));
}

static void test_methods(void **state)
{
	_cleanup_filter_ struct filter filter = FILTER_INIT;
	char name[] = "a";

	(void)state;
	assert_true(filter_wants_method(&filter, "flr"));
	assert_null(filter_add_method(&filter, "flr"));
	assert_null(filter_add_method(&filter, "flr"));
	assert_int_equal(filter.method_count, 1);
	assert_true(filter_wants_method(&filter, "flr"));
	assert_false(filter_wants_method(&filter, "pm"));
	assert_true(filter_selects_all(&filter));
	assert_non_null(filter_add_method(&filter, ""));
	assert_non_null(filter_add_method(&filter, "abcdefghijklmnopqrstuvwx"));
	for (; filter.method_count < METHODS_MAX; name[0]++)
		assert_null(filter_add_method(&filter, name));
	assert_non_null(filter_add_method(&filter, name));
}

static void test_existence(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	_cleanup_filter_ struct filter filter = FILTER_INIT;
	struct function *function = snapshot_add_function(&snapshot);

	(void)state;
	assert_non_null(function);
	strcpy(function->bdf, "0000:0d:00.0");
	assert_int_equal(method_list_parse("flr vendor_reset", &function->methods), 0);
	snapshot_sort(&snapshot);
	assert_null(filter_add_function(&filter, "0d:0.0"));
	assert_null(filter_add_method(&filter, "acpi"));
	assert_null(filter_add_method(&filter, "vendor_reset"));
	assert_null(filter_missing_function(&filter, &snapshot));
	assert_null(filter_unknown_method(&filter, &snapshot));
	assert_null(filter_add_function(&filter, "0e:00.0"));
	assert_null(filter_add_method(&filter, "nosuch"));
	assert_string_equal(filter_missing_function(&filter, &snapshot), "0000:0e:00.0");
	assert_string_equal(filter_unknown_method(&filter, &snapshot), "nosuch");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bdf),	    cmocka_unit_test(test_bdf_loose),
		cmocka_unit_test(test_bdf_in_path), cmocka_unit_test(test_slot),
		cmocka_unit_test(test_id),	    cmocka_unit_test(test_refused),
		cmocka_unit_test(test_combined),    cmocka_unit_test(test_methods),
		cmocka_unit_test(test_existence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
