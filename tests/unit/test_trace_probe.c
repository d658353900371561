// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "model/method.h"
#include "observe/trace_probe.h"

static const struct kernel_offsets offsets = {
	.pci_dev_name = 208, .device_name = 0, .domain_type = 8};
static const struct kernel_offsets no_offsets = {-1, -1, -1};
static char text[PROBE_TEXT_MAX];

static const struct probe_target *target_of(const char *symbol)
{
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++)
		if (streq(probe_targets[i].symbol, symbol))
			return &probe_targets[i];
	fail_msg("no target %s", symbol);
	return NULL;
}

static void assert_entry(const char *symbol, enum probe_form form, unsigned int attempt,
			 const char *expected)
{
	assert_int_equal(probe_entry_text(target_of(symbol), form, attempt, &offsets, text), 0);
	assert_string_equal(text, expected);
}

static void test_fprobes_name_arguments(void **state)
{
	(void)state;
	assert_entry("pci_dev_reset_iommu_prepare", PROBE_FPROBE, 0,
		     "f:iommu_resettest/prepare pci_dev_reset_iommu_prepare "
		     "name=dev->dev.kobj.name:string");
	assert_entry("pci_dev_reset_iommu_prepare", PROBE_FPROBE, 1,
		     "f:iommu_resettest/prepare pci_dev_reset_iommu_prepare "
		     "name=pdev->dev.kobj.name:string");
	assert_entry("__iommu_attach_device", PROBE_FPROBE, 0,
		     "f:iommu_resettest/attach __iommu_attach_device name=dev->kobj.name:string "
		     "value=domain->type");
	assert_entry("pci_pm_reset", PROBE_FPROBE, 0,
		     "f:iommu_resettest/pm pci_pm_reset name=dev->dev.kobj.name:string "
		     "value=$arg2:u8");
}

static void test_kprobes_name_arguments(void **state)
{
	(void)state;
	assert_entry("pci_dev_reset_iommu_done", PROBE_KPROBE, 1,
		     "p:iommu_resettest/done pci_dev_reset_iommu_done "
		     "name=pdev->dev.kobj.name:string");
	assert_entry("__iommu_attach_device", PROBE_KPROBE, 0,
		     "p:iommu_resettest/attach __iommu_attach_device name=dev->kobj.name:string "
		     "value=domain->type");
}

static void test_attempts_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++) {
		unsigned int attempt = 0;

		while (probe_entry_text(&probe_targets[i], PROBE_FPROBE, attempt, &offsets, text) ==
		       0)
			attempt++;
		assert_in_range(attempt, 1, 2);
		assert_int_equal(
			probe_entry_text(&probe_targets[i], PROBE_FPROBE, attempt, &offsets, text),
			-ENOENT);
		assert_int_equal(
			probe_entry_text(&probe_targets[i], PROBE_KPROBE_OFFSET, 1, &offsets, text),
			-ENOENT);
	}
}

static void test_kprobes_take_offsets(void **state)
{
	(void)state;
	assert_entry("pcie_flr", PROBE_KPROBE_OFFSET, 0,
		     "p:iommu_resettest/flr pcie_flr name=+0(+208($arg1)):string");
	assert_entry("cxl_reset_bus_function", PROBE_KPROBE_OFFSET, 0,
		     "p:iommu_resettest/cxl_bus cxl_reset_bus_function "
		     "name=+0(+208($arg1)):string value=$arg2:u8");
	assert_entry("__iommu_attach_device", PROBE_KPROBE_OFFSET, 0,
		     "p:iommu_resettest/attach __iommu_attach_device name=+0(+0($arg2)):string "
		     "value=+8($arg1):u32");
}

static void test_kprobes_need_offsets(void **state)
{
	struct kernel_offsets some = offsets;

	(void)state;
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++) {
		assert_int_equal(probe_entry_text(&probe_targets[i], PROBE_KPROBE_OFFSET, 0,
						  &no_offsets, text),
				 -ENODATA);
		assert_int_equal(
			probe_entry_text(&probe_targets[i], PROBE_FPROBE, 0, &no_offsets, text), 0);
	}
	some.domain_type = -1;
	assert_int_equal(probe_entry_text(&probe_targets[TARGET_ATTACH], PROBE_KPROBE_OFFSET, 0,
					  &some, text),
			 -ENODATA);
}

static void test_returns(void **state)
{
	(void)state;
	probe_return_text(&probe_targets[TARGET_PREPARE], PROBE_FPROBE, text);
	assert_string_equal(text, "f:iommu_resettest/prepare_return "
				  "pci_dev_reset_iommu_prepare%return value=$retval:s32");
	probe_return_text(&probe_targets[TARGET_PREPARE], PROBE_KPROBE, text);
	assert_string_equal(text, "r256:iommu_resettest/prepare_return pci_dev_reset_iommu_prepare "
				  "value=$retval:s32");
}

static void test_events_and_symbols_differ(void **state)
{
	(void)state;
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++) {
		assert_true(strlen(probe_targets[i].symbol) < SYMBOL_MAX);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(probe_targets[i].event, probe_targets[j].event);
			assert_string_not_equal(probe_targets[i].symbol, probe_targets[j].symbol);
		}
	}
}

static void test_only_a_known_lack_is_one(void **state)
{
	struct kernel_facts facts = KERNEL_FACTS_INIT;

	(void)state;
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++)
		assert_false(probe_target_absent(&probe_targets[i], &facts));
	facts.prepare = TRI_NO;
	facts.done = TRI_YES;
	assert_true(probe_target_absent(&probe_targets[TARGET_PREPARE], &facts));
	assert_false(probe_target_absent(&probe_targets[TARGET_DONE], &facts));
	facts.done = TRI_NO;
	assert_true(probe_target_absent(&probe_targets[TARGET_DONE], &facts));
	assert_false(probe_target_absent(&probe_targets[TARGET_ATTACH], &facts));
}

static bool reached(const char *symbol, const char *methods)
{
	return probe_target_reached(target_of(symbol), methods);
}

/* What proves a method must always be armed for it; see proves_reset() of judge/cycle.c. */
static void test_methods_reach_their_primitives(void **state)
{
	static const char *const any_in_quirks[] = {"pcie_flr", "pci_af_flr", "pci_pm_reset",
						    "pci_reset_bus_function"};
	const struct method_info *info;

	(void)state;
	for (unsigned int i = 0; (info = method_info_at(i)); i++) {
		char both[64];

		snprintf(both, sizeof(both), "acpi %s", info->name);
		for (size_t j = 0; j < TARGET_CORE_COUNT; j++)
			assert_true(probe_target_reached(&probe_targets[j], info->name));
		if (info->primitive) {
			assert_true(reached(info->primitive, info->name));
			assert_true(reached(info->primitive, both));
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(any_in_quirks); i++)
		assert_true(reached(any_in_quirks[i], "device_specific"));
	assert_true(reached("pci_reset_bus_function", "cxl_bus"));
	assert_true(reached("pci_bridge_secondary_bus_reset", "pm cxl_bus"));
	assert_false(reached("pcie_flr", "pm cxl_bus"));
	assert_false(reached("cxl_reset_bus_function", "bus"));
	/* A vendor's method may do anything. */
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++) {
		assert_true(probe_target_reached(&probe_targets[i], NULL));
		assert_true(probe_target_reached(&probe_targets[i], "pm cxl_reset"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fprobes_name_arguments),
		cmocka_unit_test(test_kprobes_name_arguments),
		cmocka_unit_test(test_attempts_end),
		cmocka_unit_test(test_kprobes_take_offsets),
		cmocka_unit_test(test_kprobes_need_offsets),
		cmocka_unit_test(test_returns),
		cmocka_unit_test(test_methods_reach_their_primitives),
		cmocka_unit_test(test_events_and_symbols_differ),
		cmocka_unit_test(test_only_a_known_lack_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
