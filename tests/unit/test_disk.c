// SPDX-License-Identifier: GPL-2.0-or-later
/* Which disk is taken for a function's, and that no other node is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>

#include "observe_tree.h"
#include "snapshot/disk.h"

#define ONE "0000:01:00.0"
#define TWO "0000:02:00.0"
#define PORT "0000:00:01.0"
#define PLACE(bdf) "devices/pci0000:00/" PORT "/" bdf
#define SUBSYSTEM "devices/virtual/nvme-subsystem/nvme-subsys0"

/* A block device of that name and number at @place below sys. */
static void add(const struct tree *tree, const char *name, const char *place, const char *number)
{
	char path[256], target[256];

	snprintf(path, sizeof(path), "sys/class/block/%s", name);
	snprintf(target, sizeof(target), "../../%s/%s", place, name);
	tree_link(tree, path, target);
	snprintf(path, sizeof(path), "sys/%s/%s/dev", place, name);
	tree_text(tree, path, number);
}

static void add_controller(const struct tree *tree, const char *name, const char *bdf)
{
	char path[256], target[256];

	snprintf(path, sizeof(path), "sys/" SUBSYSTEM "/%s", name);
	snprintf(target, sizeof(target), "../../../pci0000:00/" PORT "/%s/nvme/%s", bdf, name);
	tree_link(tree, path, target);
}

/* What is said of @bdf's disk: @name is "" when it has none. No node is a block device's here. */
static void expect(const struct tree *tree, const char *bdf, const char *name, int error)
{
	char found[64] = "";
	int *fds = NULL;

	assert_int_equal(disks_claim(&tree->root, bdf, &fds),
			 *name || error == -ENODEV ? 0 : error);
	assert_null(fds);
	assert_int_equal(disk_open(&tree->root, bdf, found, sizeof(found)), error);
	assert_string_equal(found, name);
}

static void whole_disks_alone(void **state)
{
	const struct tree *tree = *state;

	add(tree, "nvme0n1", PLACE(ONE) "/nvme/nvme0", "259:0\n");
	add(tree, "nvme0n1p1", PLACE(ONE) "/nvme/nvme0/nvme0n1", "259:1\n");
	tree_text(tree, "sys/class/block/nvme0n1p1/partition", "1\n");
	add(tree, "vda", PLACE(TWO) "/virtio0/block", "252:0\n");
	expect(tree, ONE, "nvme0n1", -ENOENT);
	expect(tree, TWO, "vda", -ENOENT);
	expect(tree, "0000:03:00.0", "", -ENODEV);

	/* What has no number is hidden. */
	tree_remove(tree, "sys/" PLACE(TWO) "/virtio0/block/vda/dev");
	expect(tree, TWO, "", -ENODEV);
}

static void other_nodes_stay_closed(void **state)
{
	const struct tree *tree = *state;

	add(tree, "cciss!c0d0", PLACE(ONE) "/block", "104:0\n");
	tree_text(tree, "dev/cciss/c0d0", "not a device\n");
	expect(tree, ONE, "cciss!c0d0", -ENODEV);
	tree_remove(tree, "dev/cciss/c0d0");
	tree_link(tree, "dev/cciss/c0d0", "/dev/null");
	expect(tree, ONE, "cciss!c0d0", -ENODEV);
}

/* Whose the disk is cannot be told. */
static void a_node_out_of_reach(void **state)
{
	const struct tree *tree = *state;
	char name[64];
	int *fds = NULL;

	add(tree, "cciss!c0d0", PLACE(ONE) "/block", "104:0\n");
	tree_text(tree, "dev/cciss", "no directory\n");
	assert_int_equal(disk_open(&tree->root, ONE, name, sizeof(name)), -ENOTDIR);
	assert_int_equal(disks_claim(&tree->root, ONE, &fds), -ENOTDIR);
	assert_null(fds);
	assert_int_equal(disks_claim(&tree->root, TWO, &fds), 0);
	assert_null(fds);
}

static void through_two_controllers(void **state)
{
	const struct tree *tree = *state;

	add(tree, "nvme0n1", SUBSYSTEM, "259:0\n");
	tree_link(tree, "sys/class/nvme-subsystem/nvme-subsys0", "../../" SUBSYSTEM);
	expect(tree, ONE, "", -ENODEV);
	add_controller(tree, "nvme0", ONE);
	expect(tree, ONE, "nvme0n1", -ENOENT);
	add_controller(tree, "nvme1", TWO);
	expect(tree, ONE, "", -ENODEV);
	expect(tree, TWO, "", -ENODEV);
}

static void no_tree(void **state)
{
	expect(*state, ONE, "", -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whole_disks_alone, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(other_nodes_stay_closed, tree_set_up,
						tree_tear_down),
		cmocka_unit_test_setup_teardown(a_node_out_of_reach, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(through_two_controllers, tree_set_up,
						tree_tear_down),
		cmocka_unit_test_setup_teardown(no_tree, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
