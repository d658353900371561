// SPDX-License-Identifier: GPL-2.0-or-later
/* Reset methods, quirks, and which of them nest where. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/nest.h"

static void test_parse(void **state)
{
	struct method_list list = {0};

	(void)state;
	assert_int_equal(method_list_parse("flr pm bus", &list), 0);
	assert_int_equal(list.count, 3);
	assert_string_equal(list.names[0], "flr");
	assert_string_equal(list.names[2], "bus");
	assert_string_equal(list.text, "flr pm bus");
	assert_true(method_list_has(&list, "pm"));
	assert_false(method_list_has(&list, "p"));
	assert_int_equal(method_list_parse("", &list), 0);
	assert_int_equal(list.count, 0);
	assert_int_equal(method_list_parse("  flr\n", &list), 0);
	assert_int_equal(list.count, 1);
}

static void test_parse_limits(void **state)
{
	char text[METHOD_LIST_TEXT_MAX + 1];
	struct method_list list = {.count = 77};

	(void)state;
	assert_int_equal(method_list_parse("a b c d e f g h", &list), 0);
	assert_int_equal(list.count, METHODS_MAX);
	list.count = 77;
	assert_int_equal(method_list_parse("a b c d e f g h i", &list), -EINVAL);
	assert_int_equal(method_list_parse("abcdefghijklmnopqrstuvwx", &list), -EINVAL);
	memset(text, ' ', sizeof(text));
	text[METHOD_LIST_TEXT_MAX] = '\0';
	assert_int_equal(method_list_parse(text, &list), -EINVAL);
	assert_int_equal(list.count, 77);
	text[METHOD_LIST_TEXT_MAX - 1] = '\0';
	assert_int_equal(method_list_parse(text, &list), 0);
	assert_int_equal(list.count, 0);
}

static void test_info(void **state)
{
	unsigned int count = 0;

	(void)state;
	while (method_info_at(count))
		count++;
	assert_int_equal(count, 7);
	assert_string_equal(method_info_at(0)->name, "device_specific");
	assert_string_equal(method_info_at(6)->name, "cxl_bus");
	assert_null(method_info_find("cxl"));
	assert_true(method_info_find("cxl_bus")->nests);
	assert_true(method_info_find("bus")->probe_blocks);
	assert_false(method_info_find("bus")->nests);
}

static void test_quirks(void **state)
{
	(void)state;
	assert_true(reset_quirk_find(0x8086, 0x0953)->nests);
	assert_false(reset_quirk_find(0x8086, 0x0166)->nests);
	assert_non_null(reset_quirk_find(0x1425, 0x4001));
	assert_null(reset_quirk_find(0x8086, 0x0954));
	assert_null(reset_quirk_find(0x0953, 0x8086));
	assert_int_equal(method_budget_s("device_specific", 0x144d, 0xa804), 200);
	assert_true(method_budget_s("flr", 0x144d, 0xa804) < 200);
}

static void test_nests(void **state)
{
	struct function function = {.vendor = 0x8086, .device = 0x0953};

	(void)state;
	assert_int_equal(function_method_nests(&function, "cxl_bus"), TRI_YES);
	assert_int_equal(function_method_nests(&function, "device_specific"), TRI_YES);
	assert_int_equal(function_method_nests(&function, "flr"), TRI_NO);
	assert_int_equal(function_method_nests(&function, "unheard_of"), TRI_NO);
	function.device = 0x0166;
	assert_int_equal(function_method_nests(&function, "device_specific"), TRI_NO);
	function.device = 0x1234;
	assert_int_equal(function_method_nests(&function, "device_specific"), TRI_UNKNOWN);
	function.is_bridge = true;
	assert_int_equal(function_method_nests(&function, "cxl_bus"), TRI_NO);
}

static struct function *add(struct snapshot *snapshot, const char *bdf, int group, enum tri ats)
{
	struct function *function = snapshot_add_function(snapshot);

	assert_non_null(function);
	strcpy(function->bdf, bdf);
	function->group = group;
	function->ats = ats;
	function->untrusted = TRI_NO;
	return function;
}

static const char *reason(const struct snapshot *snapshot, const char *bdf)
{
	const char *slug = function_gate_reason(snapshot, snapshot_find(snapshot, bdf));

	return slug ? slug : "open";
}

static void test_gate(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};

	(void)state;
	add(&snapshot, "0000:01:00.0", 1, TRI_YES);
	add(&snapshot, "0000:02:00.0", NO_GROUP, TRI_YES);
	add(&snapshot, "0000:03:00.0", 3, TRI_NO);
	add(&snapshot, "0000:04:00.0", 4, TRI_UNKNOWN);
	add(&snapshot, "0000:05:00.0", 5, TRI_YES)->untrusted = TRI_YES;
	strcpy(add(&snapshot, "0000:01:10.0", 6, TRI_YES)->physfn, "0000:01:00.0");
	strcpy(add(&snapshot, "0000:03:10.0", 7, TRI_YES)->physfn, "0000:03:00.0");
	strcpy(add(&snapshot, "0000:04:10.0", 8, TRI_YES)->physfn, "0000:04:00.0");
	snapshot_sort(&snapshot);
	assert_string_equal(reason(&snapshot, "0000:01:00.0"), "open");
	assert_string_equal(reason(&snapshot, "0000:02:00.0"), "no-iommu");
	assert_string_equal(reason(&snapshot, "0000:03:00.0"), "no-ats");
	assert_string_equal(reason(&snapshot, "0000:04:00.0"), "ats-unknown");
	assert_string_equal(reason(&snapshot, "0000:05:00.0"), "no-ats");
	assert_string_equal(reason(&snapshot, "0000:01:10.0"), "open");
	assert_string_equal(reason(&snapshot, "0000:03:10.0"), "no-ats");
	assert_string_equal(reason(&snapshot, "0000:04:10.0"), "ats-unknown");
	snapshot.host.ats_disabled = TRI_YES;
	assert_string_equal(reason(&snapshot, "0000:01:00.0"), "no-ats");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse), cmocka_unit_test(test_parse_limits),
		cmocka_unit_test(test_info),  cmocka_unit_test(test_quirks),
		cmocka_unit_test(test_nests), cmocka_unit_test(test_gate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
