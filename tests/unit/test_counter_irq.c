// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "judge/irq.h"
#include "observe/counter_irq.h"
#include "observe_tree.h"

static struct readings readings;

static int tear_down(void **state)
{
	(void)state;
	readings_free(&readings);
	return 0;
}

static FILE *stream_of(const char *text)
{
	FILE *stream = tmpfile();

	assert_non_null(stream);
	assert_true(fputs(text, stream) >= 0);
	rewind(stream);
	return stream;
}

static void add_both(const char *interrupts, const char *stat, const struct irq_devices *devices)
{
	_cleanup_fclose_ FILE *rows = stream_of(interrupts);
	_cleanup_fclose_ FILE *totals = stat ? stream_of(stat) : NULL;

	assert_int_equal(irq_add(&readings, rows, totals, devices), 0);
}

static void add(const char *interrupts)
{
	add_both(interrupts, NULL, &(struct irq_devices){0});
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

#define INTEL                                                                                      \
	"            CPU0       CPU1       \n"                                                     \
	"   0:         29          0   IO-APIC    2-edge      timer\n"                             \
	"  24:          3          4  DMAR-MSI    0-edge      dmar0\n"                             \
	"  25:          5          0  DMAR-MSI    1-edge      dmar12\n"                            \
	"  26:          9          9  DMAR-MSI    1-edge      dmar0-prq\n"                         \
	"  27:          9          9  DMAR-MSI    1-edge      dmar0-perf\n"                        \
	"  28:          1          1  IR-PCI-MSI 0-edge      aerdrv, pciehp\n"                     \
	" NMI:          7          7   Non-maskable interrupts\n"                                  \
	" ERR:          0\n"

static void intel(void **state)
{
	(void)state;
	add(INTEL);
	assert_int_equal(readings.count, 2);
	assert_reading("irq:dmar0", 7);
	assert_reading("irq:dmar12", 5);
}

static void others(void **state)
{
	(void)state;
	add("           CPU0       CPU1       CPU2       CPU3       \n"
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
	    "arm-smmu-context-fault\n"
	    "  32:          0          3          0          0     GICv2 202 Level     "
	    "arm-smmu global fault\n");
	assert_int_equal(readings.count, 7);
	assert_reading("irq:AMD-Vi", 3);
	assert_reading("irq:AMD-Vi1-Evt", 1);
	assert_reading("irq:arm-smmu-v3-evtq", 6);
	assert_reading("irq:arm-smmu-v3-gerror", 4);
	assert_reading("irq:arm-smmu-v3-combined-irq", 2);
	assert_reading("irq:arm-smmu-context-fault", 5);
	assert_reading("irq:arm-smmu-global-fault", 3);
}

/* RISC-V's IOMMUs raise them under the names of their devices, several each. */
static void by_device(void **state)
{
	char first[] = "10010000.iommu", second[] = "0000:00:02.0";
	char *names[] = {first, second};

	(void)state;
	add_both("           CPU0       \n"
		 "  10:          2  RISC-V INTC   1  10010000.iommu\n"
		 "  11:          3  RISC-V INTC   2  10010000.iommu\n"
		 "  12:          4  RISC-V INTC   3  10020000.other\n"
		 "  13:          5  PCI-MSIX   0-edge  0000:00:02.0\n",
		 NULL, &(struct irq_devices){names, 2});
	assert_int_equal(readings.count, 2);
	assert_reading("irq:10010000.iommu", 5);
	assert_reading("irq:0000:00:02.0", 5);
}

static void shared(void **state)
{
	(void)state;
	add("           CPU0       \n"
	    "  16:          8   IO-APIC   16-fasteoi   ehci_hcd:usb1, dmar3\n");
	assert_int_equal(readings.count, 1);
	assert_reading("irq:dmar3", 8);
}

/* CPU 1 is off and its four are only in the total; then it is back. */
static void cpus_that_go(void **state)
{
	(void)state;
	add_both("           CPU0       \n  24:          3  DMAR-MSI  0-edge  dmar0\n",
		 "cpu  1 2 3\nintr 99 29 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 7 5\nctxt "
		 "9\n",
		 &(struct irq_devices){0});
	assert_reading("irq:dmar0", 7);
	readings_free(&readings);
	add_both(INTEL, "intr 99 29 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 7 5\n",
		 &(struct irq_devices){0});
	assert_reading("irq:dmar0", 7);
	assert_reading("irq:dmar12", 5);
}

/* A line of totals that ends early leaves what the CPUs say. */
static void short_totals(void **state)
{
	(void)state;
	add_both(INTEL, "intr 99 29 0 0\n", &(struct irq_devices){0});
	assert_reading("irq:dmar0", 7);
	readings_free(&readings);
	add_both(INTEL, "", &(struct irq_devices){0});
	assert_reading("irq:dmar0", 7);
	readings_free(&readings);
	add_both(INTEL, "intr\nintr \nintr x\n", &(struct irq_devices){0});
	assert_reading("irq:dmar0", 7);
}

static void damaged(void **state)
{
	(void)state;
	add("");
	add("\n\n");
	add("no heading\n 24: 1 2 DMAR-MSI dmar0\n");
	add("           CPU0       CPU1\n"
	    "  24:          3  DMAR-MSI    0-edge      dmar0\n"
	    "  25  dmar1\n"
	    "dmar2: 1 2 dmar2\n"
	    "  26:\n");
	assert_int_equal(readings.count, 0);
}

/* 8192 CPUs, 3000 rows: 270 MB of text, of which one row is held at a time. */
#define CPUS ((size_t)8192)
#define ROWS 3000

static ssize_t produce(void *cookie, char *buffer, size_t size)
{
	size_t *row = cookie, length = 0;

	if (*row > ROWS || size < CPUS * 11 + 64)
		return 0;
	if (*row == 0) {
		for (size_t cpu = 0; cpu < CPUS; cpu++)
			length +=
				(size_t)snprintf(buffer + length, size - length, " CPU%-6zu", cpu);
	} else {
		length = (size_t)snprintf(buffer, size, "%4zu:", *row);
		for (size_t cpu = 0; cpu < CPUS; cpu++) {
			memset(buffer + length, ' ', 10);
			buffer[length + 10] = '1';
			length += 11;
		}
		length +=
			(size_t)snprintf(buffer + length, size - length, "  PCI-MSI  0-edge  %s%zu",
					 *row % 1000 == 0 ? "dmar" : "nvme0q", *row / 1000);
	}
	buffer[length++] = '\n';
	++*row;
	return (ssize_t)length;
}

static void the_largest_machine(void **state)
{
	size_t row = 0;
	_cleanup_free_ char *buffer = malloc(CPUS * 12);
	_cleanup_fclose_ FILE *stream = NULL;

	(void)state;
	assert_non_null(buffer);
	stream = fopencookie(&row, "r", (cookie_io_functions_t){.read = produce});
	assert_non_null(stream);
	assert_int_equal(setvbuf(stream, buffer, _IOFBF, CPUS * 12), 0);
	assert_int_equal(irq_add(&readings, stream, NULL, &(struct irq_devices){0}), 0);
	assert_int_equal(row, ROWS + 1);
	assert_int_equal(readings.count, 3);
	assert_reading("irq:dmar1", CPUS);
	assert_reading("irq:dmar3", CPUS);
}

static void which_iommu(void **state)
{
	static const struct {
		const char *name, *iommu;
		bool fault, may;
	} cases[] = {
		{"irq:dmar0", "dmar0", true, true},
		{"irq:dmar0", "dmar1", true, false},
		{"irq:dmar1", "dmar12", true, false},
		{"irq:dmar12", "dmar1", true, false},
		{"irq:dmar0", "", true, true},
		{"irq:AMD-Vi", "ivhd3", true, true},
		{"irq:AMD-Vi3-Evt", "ivhd3", true, true},
		{"irq:AMD-Vi3-Evt", "ivhd31", true, false},
		{"irq:AMD-Vi31-Evt", "ivhd3", true, false},
		{"irq:AMD-Vi3-PPR", "ivhd3", false, true},
		{"irq:AMD-Vi3-GA", "ivhd3", false, true},
		{"irq:arm-smmu-v3-evtq", "smmu3.0x0000000009050000", true, true},
		{"irq:arm-smmu-v3-gerror", "smmu3.0x0000000009050000", true, true},
		{"irq:arm-smmu-v3-priq", "smmu3.0x0000000009050000", false, true},
		{"irq:arm-smmu-v3-combined-irq", "smmu3.0x0000000009050000", true, true},
		{"irq:arm-smmu-global-fault", "smmu.0x09050000", true, true},
		{"irq:10010000.iommu", "riscv-iommu@10010000.iommu", true, true},
		{"irq:10010000.iommu", "riscv-iommu@10020000.iommu", true, false},
		{"warn_count", "dmar0", false, true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (irq_is_fault(cases[i].name) != cases[i].fault ||
		    irq_may_be_of(cases[i].name, cases[i].iommu) != cases[i].may)
			fail_msg("%s, %s", cases[i].name, cases[i].iommu);
	}
}

static void below_a_root(void **state)
{
	const struct tree *tree = *state;

	assert_int_equal(irq_read(&tree->root, &readings), 0);
	assert_int_equal(readings.count, 0);
	tree_text(tree, "sys/class/iommu/riscv-iommu@10010000.iommu", "");
	tree_text(tree, "proc/interrupts", "  CPU0\n 1: 2 INTC dmar0\n 2: 3 INTC 10010000.iommu\n");
	tree_text(tree, "proc/stat", "intr 9 0 4\n");
	assert_int_equal(irq_read(&tree->root, &readings), 0);
	assert_reading("irq:dmar0", 4);
	assert_reading("irq:10010000.iommu", 3);
	readings_free(&readings);
	tree_remove(tree, "proc/interrupts");
	tree_text(tree, "proc/interrupts/x", "");
	assert_int_equal(irq_read(&tree->root, &readings), 0);
	assert_int_equal(readings.count, 1);
	assert_string_equal(readings.items[0].name, "irq");
	assert_string_equal(readings.items[0].why, "reading it: EISDIR");
	tree_tear_down(state);
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(intel),
		TEST(others),
		TEST(by_device),
		TEST(shared),
		TEST(cpus_that_go),
		TEST(short_totals),
		TEST(damaged),
		TEST(the_largest_machine),
		TEST(which_iommu),
		cmocka_unit_test_setup_teardown(below_a_root, tree_set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
