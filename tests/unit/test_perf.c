// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Performance counters: how events are described and encoded, on made trees; how they are opened
 * and read, on a counter of the kernel that every machine has.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <time.h>

#include "observe/perf.h"
#include "observe/perf_event.h"
#include "observe_tree.h"

#define PMUS "sys/bus/event_source/devices/"

static struct readings readings;
static struct perf_observer *perf;

/* What the opener was asked for. */
static struct {
	struct perf_event_attr attr;
	int cpu;
} asked[16];
static size_t asked_count;

static int tear_down(void **state)
{
	readings_free(&readings);
	perf_close(perf);
	perf = NULL;
	asked_count = 0;
	return tree_tear_down(state);
}

static const struct reading *reading(const char *name)
{
	for (size_t i = 0; i < readings.count; i++)
		if (streq(readings.items[i].name, name))
			return &readings.items[i];
	fail_msg("no reading %s", name);
	return NULL;
}

static void formats(void **state)
{
	static const struct {
		const char *format;
		uint64_t value, config, config1, config2;
		int r;
	} cases[] = {
		{"config:0-7", 0x12, 0x12, 0, 0, 0},
		{"config:0-7", 0x100, 0, 0, 0, -EOVERFLOW},
		{"config:5", 1, 0x20, 0, 0, 0},
		{"config:5", 2, 0, 0, 0, -EOVERFLOW},
		{"config:0-3,8-11,63", 0x1a5, 0x8000000000000a05, 0, 0, 0},
		{"config:0-63", UINT64_MAX, UINT64_MAX, 0, 0, 0},
		{"config1:16-31", 0xffff, 0, 0xffff0000, 0, 0},
		{"config2:32-36", 0x1f, 0, 0, 0x1f00000000, 0},
		{"config3:0-3", 1, 0, 0, 0, -ENOTSUP},
		{"attr:0", 1, 0, 0, 0, -ENOTSUP},
		{"config", 1, 0, 0, 0, -EINVAL},
		{"", 1, 0, 0, 0, -EINVAL},
		{"config:", 1, 0, 0, 0, -EINVAL},
		{"config:a", 1, 0, 0, 0, -EINVAL},
		{"config:7-0", 1, 0, 0, 0, -EINVAL},
		{"config:0-64", 1, 0, 0, 0, -EINVAL},
		{"config:0-", 1, 0, 0, 0, -EINVAL},
		{"config:-1", 1, 0, 0, 0, -EINVAL},
		{"config:0,", 1, 0, 0, 0, -EINVAL},
		{"config:0-7x", 1, 0, 0, 0, -EINVAL},
		{"config:99999999999999999999", 1, 0, 0, 0, -EINVAL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct perf_event_attr attr = {0};

		if (perf_format_apply(cases[i].format, cases[i].value, &attr) != cases[i].r)
			fail_msg("%s", cases[i].format);
		assert_true(attr.config == cases[i].config);
		assert_true(attr.config1 == cases[i].config1);
		assert_true(attr.config2 == cases[i].config2);
	}
}

/* As drivers/iommu/intel/perfmon.c shows itself, Linux 7.3. */
static void make_dmar(const struct tree *tree)
{
	tree_text(tree, PMUS "dmar0/type", "23\n");
	tree_text(tree, PMUS "dmar0/cpumask", "4,12\n");
	tree_text(tree, PMUS "dmar0/format/event_group", "config:28-31\n");
	tree_text(tree, PMUS "dmar0/format/event", "config:0-27\n");
	tree_text(tree, PMUS "dmar0/events/ats_blocked", "event_group=0x0,event=0x008\n");
	tree_text(tree, PMUS "dmar0/events/iotlb_lookup", "event_group=0x3,event=0x001\n");
	tree_text(tree, PMUS "dmar0/events/pw_occupancy", "event_group=0x0,event=0x004\n");
}

static void make_amd(const struct tree *tree)
{
	tree_text(tree, PMUS "amd_iommu_0/type", "17\n");
	tree_text(tree, PMUS "amd_iommu_0/cpumask", "0\n");
	tree_text(tree, PMUS "amd_iommu_0/format/csource", "config:0-7\n");
	tree_text(tree, PMUS "amd_iommu_0/events/mem_target_abort", "csource=0x04\n");
	tree_text(tree, PMUS "amd_iommu_0/events/cmd_processed_inv", "csource=0x13\n");
}

static void make_smmu(const struct tree *tree)
{
	tree_text(tree, PMUS "smmuv3_pmcg_2b420/type", "9\n");
	tree_text(tree, PMUS "smmuv3_pmcg_2b420/cpumask", "1\n");
	tree_text(tree, PMUS "smmuv3_pmcg_2b420/format/event", "config:0-15\n");
	tree_text(tree, PMUS "smmuv3_pmcg_2b420/format/filter_enable", "config1:33\n");
	tree_text(tree, PMUS "smmuv3_pmcg_2b420/events/pcie_ats_trans_rq", "event=0x06\n");
	tree_text(tree, PMUS "smmuv3_pmcg_2b420/events/pcie_ats_trans_passed",
		  "event=0x07,filter_enable\n");
}

/* Opens nothing, but something that can be read like it: a file of three numbers. */
static int open_zeros(const struct perf_event_attr *attr, int cpu)
{
	assert_true(asked_count < ARRAY_SIZE(asked));
	asked[asked_count].attr = *attr;
	asked[asked_count++].cpu = cpu;
	return open("/dev/zero", O_RDONLY | O_CLOEXEC);
}

static void assert_asked(uint32_t type, uint64_t config, uint64_t config1, int cpu)
{
	for (size_t i = 0; i < asked_count; i++)
		if (asked[i].attr.type == type && asked[i].attr.config == config) {
			assert_true(asked[i].attr.config1 == config1);
			assert_int_equal(asked[i].cpu, cpu);
			assert_int_equal(asked[i].attr.size, sizeof(asked[i].attr));
			assert_int_equal(asked[i].attr.read_format,
					 PERF_FORMAT_TOTAL_TIME_ENABLED |
						 PERF_FORMAT_TOTAL_TIME_RUNNING);
			assert_int_equal(asked[i].attr.disabled, 0);
			return;
		}
	fail_msg("type %u config 0x%llx was not opened", type, (unsigned long long)config);
}

static void events_of_each_pmu(void **state)
{
	const struct tree *tree = *state;

	make_dmar(tree);
	make_amd(tree);
	make_smmu(tree);
	tree_text(tree, PMUS "cpu/type", "4\n");
	tree_text(tree, PMUS "cpu/events/ats_blocked", "event=0x1\n");
	assert_int_equal(perf_open(&tree->root, open_zeros, &perf), 0);
	assert_int_equal(asked_count, 6);
	assert_asked(23, 0x00000008, 0, 4);
	assert_asked(23, 0x30000001, 0, 4);
	assert_asked(17, 0x04, 0, 0);
	assert_asked(17, 0x13, 0, 0);
	assert_asked(9, 0x06, 0, 1);
	assert_asked(9, 0x07, UINT64_C(1) << 33, 1);
	assert_int_equal(perf_read(perf, &readings), 0);
	assert_int_equal(readings.count, 6);
	assert_string_equal(reading("perf:dmar0:ats_blocked")->why, "");
	assert_string_equal(reading("perf:smmuv3_pmcg_2b420:pcie_ats_trans_passed")->why, "");
}

static int refuse(const struct perf_event_attr *attr, int cpu)
{
	(void)attr;
	(void)cpu;
	return -EACCES;
}

static void what_cannot_be_opened(void **state)
{
	const struct tree *tree = *state;

	make_amd(tree);
	assert_int_equal(perf_open(&tree->root, refuse, &perf), 0);
	assert_int_equal(perf_read(perf, &readings), 0);
	assert_int_equal(readings.count, 2);
	assert_string_equal(reading("perf:amd_iommu_0:mem_target_abort")->why,
			    "perf_event_open: EACCES");
}

/* Each is told; none is opened with half of its terms. */
static void what_is_not_understood(void **state)
{
	static const struct {
		const char *path, *text, *why;
	} cases[] = {
		{"format/csource", "config3:0-7\n", "term csource: EOPNOTSUPP"},
		{"format/csource", "config:0-1\n", "term csource: EOVERFLOW"},
		{"format/csource", "junk\n", "term csource: EINVAL"},
		{"events/mem_target_abort", "csource=0x04,other=1\n", "term other: ENOENT"},
		{"events/mem_target_abort", "csource=four\n", "term csource: EINVAL"},
		{"events/mem_target_abort", "csource=-1\n", "term csource: EINVAL"},
		{"events/mem_target_abort", "../type=1\n", "term ../type: EINVAL"},
		{"type", "junk\n", "type or cpumask: EINVAL"},
		{"type", "4294967296\n", "type or cpumask: EINVAL"},
		{"cpumask", "\n", "type or cpumask: EINVAL"},
		{"cpumask", "-1\n", "type or cpumask: EINVAL"},
	};
	const struct tree *tree = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char path[128];

		make_amd(tree);
		snprintf(path, sizeof(path), PMUS "amd_iommu_0/%s", cases[i].path);
		tree_text(tree, path, cases[i].text);
		assert_int_equal(perf_open(&tree->root, open_zeros, &perf), 0);
		assert_int_equal(perf_read(perf, &readings), 0);
		assert_string_equal(reading("perf:amd_iommu_0:mem_target_abort")->why,
				    cases[i].why);
		perf_close(perf);
		perf = NULL;
		readings_free(&readings);
		asked_count = 0;
	}
}

static uint64_t file_values[3];

static int open_values(const struct perf_event_attr *attr, int cpu)
{
	int ends[2];

	(void)attr;
	(void)cpu;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_int_equal(write(ends[1], file_values, sizeof(file_values)), sizeof(file_values));
	close(ends[1]);
	return ends[0];
}

static void values(void **state)
{
	const struct tree *tree = *state;

	tree_text(tree, PMUS "amd_iommu_0/type", "17\n");
	tree_text(tree, PMUS "amd_iommu_0/format/csource", "config:0-7\n");
	tree_text(tree, PMUS "amd_iommu_0/events/mem_target_abort", "csource=0x04\n");
	memcpy(file_values, (uint64_t[]){77, 1000, 1000}, sizeof(file_values));
	assert_int_equal(perf_open(&tree->root, open_values, &perf), 0);
	assert_int_equal(perf_read(perf, &readings), 0);
	assert_int_equal(reading("perf:amd_iommu_0:mem_target_abort")->value, 77);
	assert_string_equal(reading("perf:amd_iommu_0:mem_target_abort")->why, "");
	/* The pipe is empty: a short read. */
	readings_free(&readings);
	assert_int_equal(perf_read(perf, &readings), 0);
	assert_string_equal(reading("perf:amd_iommu_0:mem_target_abort")->why, "reading it: EIO");
	perf_close(perf);
	/* It had to share its PMU: what it counted is a part. */
	readings_free(&readings);
	file_values[2] = 999;
	assert_int_equal(perf_open(&tree->root, open_values, &perf), 0);
	assert_int_equal(perf_read(perf, &readings), 0);
	assert_string_equal(reading("perf:amd_iommu_0:mem_target_abort")->why,
			    "its PMU has too few counters for all events");
}

static void no_pmu(void **state)
{
	const struct tree *tree = *state;

	assert_int_equal(perf_read(NULL, &readings), 0);
	assert_int_equal(perf_open(&tree->root, open_zeros, &perf), 0);
	assert_int_equal(perf_read(perf, &readings), 0);
	assert_int_equal(readings.count, 0);
}

static void burn(void)
{
	struct timespec now, start;

	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &start), 0);
	do
		assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	while ((now.tv_sec - start.tv_sec) * 1000000000L + now.tv_nsec - start.tv_nsec < 5000000);
}

/*
 * A tree that calls the kernel's CPU clock (type 1, PERF_COUNT_SW_CPU_CLOCK) an event of an IOMMU:
 * the system call is made, and what it counts is read. Where the machine forbids it, the reason
 * must be told.
 */
static void a_counter_of_this_machine(void **state)
{
	const struct tree *tree = *state;
	const char *name = "perf:amd_iommu_0:mem_trans_total";
	uint64_t before;

	tree_text(tree, PMUS "amd_iommu_0/type", "1\n");
	tree_text(tree, PMUS "amd_iommu_0/format/csource", "config:0-7\n");
	tree_text(tree, PMUS "amd_iommu_0/events/mem_trans_total", "csource=0x00\n");
	assert_int_equal(perf_open(&tree->root, perf_open_event, &perf), 0);
	assert_int_equal(perf_read(perf, &readings), 0);
	if (reading(name)->why[0]) {
		assert_true(starts_with(reading(name)->why, "perf_event_open: E"));
		print_message("# %s: not counted here\n", reading(name)->why);
		return;
	}
	before = reading(name)->value;
	readings_free(&readings);
	burn();
	assert_int_equal(perf_read(perf, &readings), 0);
	assert_string_equal(reading(name)->why, "");
	assert_true(reading(name)->value >= before + 4000000);
	print_message("# the CPU clock rose by %llu ns\n",
		      (unsigned long long)(reading(name)->value - before));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, tree_set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats),
		TEST(events_of_each_pmu),
		TEST(what_cannot_be_opened),
		TEST(what_is_not_understood),
		TEST(values),
		TEST(no_pmu),
		TEST(a_counter_of_this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
