// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "observe/counter_text.h"

static struct readings readings;
static struct step_evidence step;

static int tear_down(void **state)
{
	(void)state;
	readings_free(&readings);
	step_clear(&step);
	return 0;
}

static void add_interrupts(const char *text)
{
	_cleanup_free_ char *copy = strdup(text);

	assert_non_null(copy);
	assert_int_equal(readings_add_interrupts(&readings, copy), 0);
}

static void assert_reading(const char *name, uint64_t value)
{
	for (size_t i = 0; i < readings.count; i++) {
		if (streq(readings.items[i].name, name)) {
			assert_int_equal(readings.items[i].value, value);
			return;
		}
	}
	fail_msg("no reading %s", name);
}

static void test_intel_interrupts(void **state)
{
	(void)state;
	add_interrupts("            CPU0       CPU1       \n"
		       "   0:         29          0   IO-APIC    2-edge      timer\n"
		       "  24:          3          4  DMAR-MSI    0-edge      dmar0\n"
		       "  25:          5          0  DMAR-MSI    1-edge      dmar12\n"
		       "  26:          9          9  DMAR-MSI    1-edge      dmar0-prq\n"
		       "  27:          9          9  DMAR-MSI    1-edge      dmar0-perf\n"
		       "  28:          1          1  IR-PCI-MSI 0-edge      aerdrv, pciehp\n"
		       " NMI:          7          7   Non-maskable interrupts\n"
		       " ERR:          0\n");
	assert_int_equal(readings.count, 2);
	assert_reading("irq:dmar0", 7);
	assert_reading("irq:dmar12", 5);
}

static void test_other_iommus(void **state)
{
	(void)state;
	add_interrupts("           CPU0       CPU1       CPU2       CPU3       \n"
		       "  25:          0          1          0          2  PCI-MSI-0000:00:00.2   "
		       "0-edge      AMD-Vi\n"
		       "  26:          1          0          0          0  IOMMU-MSI   0-edge      "
		       "AMD-Vi1-Evt\n"
		       "  18:          0          0          0          6     GICv3 106 Edge      "
		       "arm-smmu-v3-evtq\n"
		       "  20:          1          1          1          1     GICv3 109 Edge      "
		       "arm-smmu-v3-gerror\n"
		       "  21:          2          0          0          0     GICv3 110 Edge      "
		       "arm-smmu-v3-combined-irq\n"
		       "  30:          1          0          0          0     GICv2 200 Level     "
		       "arm-smmu-context-fault\n"
		       "  31:          0          0          4          0     GICv2 201 Level     "
		       "arm-smmu-context-fault\n");
	assert_int_equal(readings.count, 6);
	assert_reading("irq:AMD-Vi", 3);
	assert_reading("irq:AMD-Vi1-Evt", 1);
	assert_reading("irq:arm-smmu-v3-evtq", 6);
	assert_reading("irq:arm-smmu-v3-gerror", 4);
	assert_reading("irq:arm-smmu-v3-combined-irq", 2);
	assert_reading("irq:arm-smmu-context-fault", 5);
}

static void test_shared_interrupt(void **state)
{
	(void)state;
	add_interrupts("           CPU0       \n"
		       "  16:          8   IO-APIC   16-fasteoi   ehci_hcd:usb1, dmar3\n");
	assert_int_equal(readings.count, 1);
	assert_reading("irq:dmar3", 8);
}

static void test_damaged_interrupts(void **state)
{
	(void)state;
	add_interrupts("");
	add_interrupts("no heading\n 24: 1 2 DMAR-MSI dmar0\n");
	add_interrupts("           CPU0       CPU1\n"
		       "  24:          3  DMAR-MSI    0-edge      dmar0\n"
		       "  25  dmar1\n"
		       "  26:\n");
	assert_int_equal(readings.count, 0);
}

static void test_aer_total(void **state)
{
	uint64_t total = 99;

	(void)state;
	assert_true(aer_total("Undefined 0\nDLP 3\nUnsupReq 1\nTOTAL_ERR_FATAL 4\n", &total));
	assert_int_equal(total, 4);
	assert_true(aer_total("TOTAL_ERR_COR 0", &total));
	assert_int_equal(total, 0);
	assert_false(aer_total("", &total));
	assert_false(aer_total("DLP 3\n", &total));
	assert_false(aer_total("XTOTAL_ERR_FATAL 4\n", &total));
	assert_false(aer_total("TOTAL_ERR_FATAL\n4\n", &total));
	assert_false(aer_total("TOTAL_ERR_FATAL -4\n", &total));
	assert_false(aer_total("TOTAL_ERR_FATAL 4x\n", &total));
	assert_false(aer_total("TOTAL_ERR_FATAL 99999999999999999999\n", &total));
}

static void read_one(const char *name, uint64_t value)
{
	assert_int_equal(readings_add(&readings, name, value), 0);
}

static const struct counter *counter(const char *name)
{
	for (size_t i = 0; i < step.counter_count; i++)
		if (streq(step.counters[i].name, name))
			return &step.counters[i];
	return NULL;
}

static void test_before_and_after(void **state)
{
	(void)state;
	read_one("warn_count", 5);
	read_one("gone", 1);
	read_one("aer:0000:01:00.0:fatal", 2);
	assert_int_equal(counters_before(&step, &readings), 0);
	assert_int_equal(step.counter_count, 3);
	assert_int_equal(counter("warn_count")->before, 5);
	assert_int_equal(counter("warn_count")->after, 5);

	readings_free(&readings);
	read_one("irq:dmar1", 3);
	read_one("aer:0000:01:00.0:fatal", 2);
	read_one("warn_count", 7);
	assert_int_equal(counters_after(&step, &readings), 0);
	assert_int_equal(step.counter_count, 3);
	assert_int_equal(counter("warn_count")->before, 5);
	assert_int_equal(counter("warn_count")->after, 7);
	assert_int_equal(counter("aer:0000:01:00.0:fatal")->after, 2);
	assert_int_equal(counter("irq:dmar1")->before, 0);
	assert_int_equal(counter("irq:dmar1")->after, 3);
	assert_null(counter("gone"));
}

static void test_all_gone(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 9; i++) {
		char name[16];

		snprintf(name, sizeof(name), "c%u", i);
		read_one(name, i);
	}
	assert_int_equal(counters_before(&step, &readings), 0);
	readings_free(&readings);
	assert_int_equal(counters_after(&step, &readings), 0);
	assert_int_equal(step.counter_count, 0);
	assert_non_null(step_add_counter(&step));
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_intel_interrupts),   TEST(test_other_iommus), TEST(test_shared_interrupt),
		TEST(test_damaged_interrupts), TEST(test_aer_total),	TEST(test_before_and_after),
		TEST(test_all_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
