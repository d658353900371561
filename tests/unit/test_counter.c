// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "observe/counter.h"
#include "observe_tree.h"

#define DEVICES "sys/bus/pci/devices/"
#define PORT "0000:00:01.0"
#define SWITCH "0000:01:00.0"
#define NIC "0000:02:00.0"

static struct step_evidence step;

static int tear_down(void **state)
{
	step_clear(&step);
	return tree_tear_down(state);
}

static void add_subject(const char *function, const char *upstream)
{
	struct subject *subject = step_add_subject(&step);

	assert_non_null(subject);
	strcpy(subject->function, function);
	strcpy(subject->upstream, upstream);
}

static void make_function(const struct tree *tree, const char *bdf, const char *target)
{
	char path[128];

	snprintf(path, sizeof(path), DEVICES "%s", bdf);
	tree_link(tree, path, target);
}

static void make_kernel(const struct tree *tree, const char *warnings)
{
	tree_text(tree, "sys/kernel/warn_count", warnings);
	tree_text(tree, "sys/kernel/oops_count", "0\n");
	tree_text(tree, "proc/sys/kernel/tainted", "512\n");
	tree_text(
		tree, "proc/interrupts",
		"           CPU0       CPU1\n  24:          3          4  DMAR-MSI 0-edge dmar0\n");
}

/* A NIC below a switch port below a root port. */
static void make_functions(const struct tree *tree)
{
#define ROOT_DIR "sys/devices/pci0000:00/" PORT "/"
	make_function(tree, PORT, "../../../devices/pci0000:00/" PORT);
	make_function(tree, SWITCH, "../../../devices/pci0000:00/" PORT "/" SWITCH);
	make_function(tree, NIC, "../../../devices/pci0000:00/" PORT "/" SWITCH "/" NIC);
	tree_link(tree, ROOT_DIR SWITCH "/" NIC "/iommu", "../../../../virtual/iommu/dmar0");
	tree_text(tree, ROOT_DIR "aer_rootport_total_err_cor", "11\n");
	tree_text(tree, ROOT_DIR "aer_rootport_total_err_nonfatal", "12\n");
	tree_text(tree, ROOT_DIR "aer_rootport_total_err_fatal", "13\n");
	tree_text(tree, ROOT_DIR SWITCH "/aer_dev_fatal", "DLP 1\nTOTAL_ERR_FATAL 2\n");
	tree_text(tree, ROOT_DIR SWITCH "/" NIC "/aer_dev_correctable",
		  "RxErr 1\nTOTAL_ERR_COR 3\n");
	tree_text(tree, ROOT_DIR SWITCH "/" NIC "/aer_dev_nonfatal", "TOTAL_ERR_NONFATAL 4\n");
	tree_text(tree, ROOT_DIR SWITCH "/" NIC "/aer_dev_fatal", "TOTAL_ERR_FATAL 5\n");
}

static const struct counter *counter(const char *name)
{
	for (size_t i = 0; i < step.counter_count; i++)
		if (streq(step.counters[i].name, name))
			return &step.counters[i];
	fail_msg("no counter %s", name);
	return NULL;
}

static void test_all_sources(void **state)
{
	const struct tree *tree = *state;

	make_kernel(tree, "7\n");
	make_functions(tree);
	add_subject(NIC, SWITCH);
	assert_int_equal(counters_read(&tree->root, NULL, &step, false), 0);
	assert_int_equal(step.counter_count, 13);
	assert_string_equal(step.subjects[0].iommu, "dmar0");
	assert_int_equal(counter("aer:" NIC ":correctable:RxErr")->before, 1);
	assert_int_equal(counter("aer:" SWITCH ":fatal:DLP")->before, 1);
	assert_int_equal(counter("warn_count")->before, 7);
	assert_int_equal(counter("oops_count")->before, 0);
	assert_int_equal(counter("tainted")->before, 512);
	assert_int_equal(counter("irq:dmar0")->before, 7);
	assert_int_equal(counter("aer:" NIC ":correctable")->before, 3);
	assert_int_equal(counter("aer:" NIC ":nonfatal")->before, 4);
	assert_int_equal(counter("aer:" NIC ":fatal")->before, 5);
	assert_int_equal(counter("aer:" SWITCH ":fatal")->before, 2);
	assert_int_equal(counter("aer:" PORT ":rootport_cor")->before, 11);
	assert_int_equal(counter("aer:" PORT ":rootport_nonfatal")->before, 12);
	assert_int_equal(counter("aer:" PORT ":rootport_fatal")->before, 13);

	make_kernel(tree, "9\n");
	tree_text(tree, ROOT_DIR "aer_rootport_total_err_cor", "12\n");
	assert_int_equal(counters_read(&tree->root, NULL, &step, true), 0);
	assert_int_equal(step.counter_count, 11);
	assert_int_equal(counter("warn_count")->before, 7);
	assert_int_equal(counter("warn_count")->after, 9);
	assert_int_equal(counter("aer:" PORT ":rootport_cor")->after, 12);
	assert_int_equal(counter("aer:" NIC ":fatal")->after, 5);
}

static void test_nothing_there(void **state)
{
	const struct tree *tree = *state;

	add_subject(NIC, SWITCH);
	assert_int_equal(counters_read(&tree->root, NULL, &step, false), 0);
	assert_int_equal(step.counter_count, 0);
	assert_int_equal(counters_read(&tree->root, NULL, &step, true), 0);
	assert_int_equal(step.counter_count, 0);
}

/* What stands above two functions is counted once, not twice. */
static void test_siblings_share_what_is_above(void **state)
{
	const struct tree *tree = *state;

	make_functions(tree);
	add_subject(NIC, SWITCH);
	add_subject(SWITCH, PORT);
	assert_int_equal(counters_read(&tree->root, NULL, &step, false), 0);
	assert_int_equal(step.counter_count, 9);
	assert_int_equal(counter("aer:" SWITCH ":fatal")->before, 2);
	assert_int_equal(counter("aer:" PORT ":rootport_cor")->before, 11);
}

static void test_function_that_goes(void **state)
{
	const struct tree *tree = *state;

	make_functions(tree);
	add_subject(NIC, SWITCH);
	assert_int_equal(counters_read(&tree->root, NULL, &step, false), 0);
	tree_remove(tree, DEVICES NIC);
	tree_remove(tree, ROOT_DIR SWITCH "/" NIC);
	tree_text(tree, ROOT_DIR "aer_rootport_total_err_fatal", "14\n");
	assert_int_equal(counters_read(&tree->root, NULL, &step, true), 0);
	assert_int_equal(step.counter_count, 7);
	assert_string_equal(counter("aer:" NIC ":fatal")->why, "it was gone afterwards");
	assert_int_equal(counter("aer:" SWITCH ":fatal")->after, 2);
	assert_int_equal(counter("aer:" PORT ":rootport_fatal")->before, 13);
	assert_int_equal(counter("aer:" PORT ":rootport_fatal")->after, 14);
}

static void test_junk_is_not_known(void **state)
{
	const struct tree *tree = *state;

	tree_text(tree, "sys/kernel/warn_count", "many\n");
	tree_text(tree, "sys/kernel/oops_count", "");
	tree_text(tree, "proc/sys/kernel/tainted", "4096\n");
	tree_text(tree, "proc/interrupts", "\n\n");
	assert_int_equal(counters_read(&tree->root, NULL, &step, false), 0);
	assert_int_equal(step.counter_count, 3);
	assert_string_equal(counter("warn_count")->why, "reading it: EINVAL");
	assert_string_equal(counter("oops_count")->why, "reading it: EINVAL");
	assert_int_equal(counter("tainted")->before, 4096);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, tree_set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_sources),
		TEST(test_nothing_there),
		TEST(test_siblings_share_what_is_above),
		TEST(test_function_that_goes),
		TEST(test_junk_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
