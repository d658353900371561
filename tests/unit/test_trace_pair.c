// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/array.h"
#include "observe/trace_pair.h"

#define NIC "0000:01:00.0"
#define PORT "0000:00:01.0"

static struct raw_events raw;

static int tear_down(void **state)
{
	(void)state;
	free(raw.items);
	raw = (struct raw_events){0};
	return 0;
}

static struct raw_event *add(uint64_t time_ns, int pid, enum trace_kind kind, const char *symbol)
{
	struct raw_event *added = ARRAY_APPEND(raw.items, raw.count);

	assert_non_null(added);
	added->event.time_ns = time_ns;
	added->event.pid = pid;
	added->event.kind = kind;
	strcpy(added->event.symbol, symbol);
	added->index = raw.count;
	return added;
}

static void enter(uint64_t time_ns, int pid, const char *symbol, const char *function)
{
	struct raw_event *added = add(time_ns, pid, TRACE_RESET, symbol);

	added->enters = true;
	strcpy(added->event.function, function);
}

static void leave(uint64_t time_ns, int pid, const char *symbol, int value)
{
	struct raw_event *added = add(time_ns, pid, TRACE_RESET_RETURN, symbol);

	added->returns = true;
	added->event.value = value;
}

static void mark(uint64_t time_ns, enum trace_kind kind, unsigned int step)
{
	add(time_ns, 1, kind, "")->event.value = (int)step;
}

static uint64_t pair(void)
{
	uint64_t lost = 0;

	assert_int_equal(raw_events_pair(&raw, &lost), 0);
	return lost;
}

static const char *function_at(size_t i)
{
	assert_true(i < raw.count);
	return raw.items[i].event.function;
}

static void test_sort_by_time_then_order_of_recording(void **state)
{
	(void)state;
	add(30, 1, TRACE_DONE, "c")->event.cpu = 0;
	add(20, 1, TRACE_DONE, "b2")->event.cpu = 1;
	add(20, 1, TRACE_DONE, "b3")->event.cpu = 1;
	add(20, 1, TRACE_DONE, "b1")->event.cpu = 0;
	add(10, 1, TRACE_DONE, "a")->event.cpu = 1;
	raw_events_sort(&raw);
	assert_string_equal(raw.items[0].event.symbol, "a");
	assert_string_equal(raw.items[1].event.symbol, "b1");
	assert_string_equal(raw.items[2].event.symbol, "b2");
	assert_string_equal(raw.items[3].event.symbol, "b3");
	assert_string_equal(raw.items[4].event.symbol, "c");
}

static void test_nested_calls(void **state)
{
	(void)state;
	enter(1, 7, "cxl_reset_bus_function", NIC);
	enter(2, 7, "pci_reset_bus_function", NIC);
	enter(3, 7, "pci_bridge_secondary_bus_reset", PORT);
	leave(4, 7, "pci_bridge_secondary_bus_reset", 0);
	leave(5, 7, "pci_reset_bus_function", 0);
	leave(6, 7, "cxl_reset_bus_function", -16);
	assert_int_equal(pair(), 0);
	assert_string_equal(function_at(3), PORT);
	assert_string_equal(function_at(4), NIC);
	assert_string_equal(function_at(5), NIC);
	assert_int_equal(raw.items[5].event.value, -16);
}

static void test_same_symbol_entered_twice(void **state)
{
	(void)state;
	enter(1, 7, "pci_dev_reset_iommu_prepare", NIC);
	enter(2, 7, "pci_dev_reset_iommu_prepare", PORT);
	leave(3, 7, "pci_dev_reset_iommu_prepare", 0);
	leave(4, 7, "pci_dev_reset_iommu_prepare", 0);
	assert_int_equal(pair(), 0);
	assert_string_equal(function_at(2), PORT);
	assert_string_equal(function_at(3), NIC);
}

static void test_tasks_are_kept_apart(void **state)
{
	(void)state;
	enter(1, 7, "pcie_flr", NIC);
	enter(2, 8, "pcie_flr", PORT);
	leave(3, 7, "pcie_flr", 0);
	leave(4, 8, "pcie_flr", 0);
	assert_int_equal(pair(), 0);
	assert_string_equal(function_at(2), NIC);
	assert_string_equal(function_at(3), PORT);
}

static void test_return_without_entry_is_lost(void **state)
{
	(void)state;
	leave(1, 7, "pcie_flr", 0);
	enter(2, 8, "pcie_flr", NIC);
	leave(3, 7, "pcie_flr", 0);
	leave(4, 8, "pci_pm_reset", 0);
	assert_int_equal(pair(), 3);
	assert_string_equal(function_at(0), "");
	assert_string_equal(function_at(2), "");
	assert_string_equal(function_at(3), "");
}

static void test_return_skipped_by_its_caller_is_lost(void **state)
{
	(void)state;
	enter(1, 7, "pci_reset_bus_function", NIC);
	enter(2, 7, "pci_bridge_secondary_bus_reset", PORT);
	enter(3, 8, "pcie_flr", PORT);
	leave(4, 7, "pci_reset_bus_function", 0);
	leave(5, 7, "pci_bridge_secondary_bus_reset", 0);
	leave(6, 8, "pcie_flr", 0);
	/* The return of the inner one, and that it comes too late. */
	assert_int_equal(pair(), 2);
	assert_string_equal(function_at(3), NIC);
	assert_string_equal(function_at(4), "");
	assert_string_equal(function_at(5), PORT);
}

static void test_entry_that_never_returns_is_not_lost(void **state)
{
	(void)state;
	enter(1, 7, "pcie_flr", NIC);
	assert_int_equal(pair(), 0);
}

static void test_return_takes_over_what_its_entry_knew(void **state)
{
	(void)state;
	enter(1, 7, "pci_pm_reset", NIC);
	raw.items[0].event.probe = true;
	enter(2, 7, "__iommu_attach_device", "");
	raw.items[1].foreign = true;
	leave(3, 7, "__iommu_attach_device", 0);
	leave(4, 7, "pci_pm_reset", 0);
	assert_int_equal(pair(), 0);
	assert_true(raw.items[2].foreign);
	assert_false(raw.items[2].event.probe);
	assert_false(raw.items[3].foreign);
	assert_true(raw.items[3].event.probe);
}

static void test_nothing(void **state)
{
	(void)state;
	raw_events_sort(&raw);
	raw_events_keep_step(&raw, 1);
	assert_int_equal(pair(), 0);
}

static void test_keep_one_step(void **state)
{
	(void)state;
	enter(1, 7, "stale", NIC);
	mark(2, TRACE_MARK_END, 1);
	mark(3, TRACE_MARK_BEGIN, 2);
	enter(4, 7, "pcie_flr", NIC);
	mark(5, TRACE_MARK_END, 1);
	mark(6, TRACE_MARK_END, 2);
	enter(7, 7, "late", NIC);
	raw_events_keep_step(&raw, 2);
	assert_int_equal(raw.count, 4);
	assert_int_equal(raw.items[0].event.kind, TRACE_MARK_BEGIN);
	assert_string_equal(raw.items[1].event.symbol, "pcie_flr");
	assert_int_equal(raw.items[2].event.kind, TRACE_MARK_END);
	assert_int_equal(raw.items[2].event.value, 2);
	assert_string_equal(raw.items[3].event.symbol, "late");
}

/* An overwritten begin is to be judged as missing evidence, not as an empty step. */
static void test_keep_all_without_begin(void **state)
{
	(void)state;
	enter(1, 7, "pcie_flr", NIC);
	mark(2, TRACE_MARK_END, 2);
	raw_events_keep_step(&raw, 2);
	assert_int_equal(raw.count, 2);
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sort_by_time_then_order_of_recording),
		TEST(test_nested_calls),
		TEST(test_same_symbol_entered_twice),
		TEST(test_tasks_are_kept_apart),
		TEST(test_return_without_entry_is_lost),
		TEST(test_return_skipped_by_its_caller_is_lost),
		TEST(test_entry_that_never_returns_is_not_lost),
		TEST(test_return_takes_over_what_its_entry_knew),
		TEST(test_nothing),
		TEST(test_keep_one_step),
		TEST(test_keep_all_without_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
