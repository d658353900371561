// SPDX-License-Identifier: GPL-2.0-or-later
/* Which network interface of a function is taken for idle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>

#include "observe_tree.h"
#include "snapshot/interface.h"

#define SWITCH "0000:01:00.0"
#define OTHER "0000:02:00.0"

static void add(const struct tree *tree, const char *name, const char *bdf, const char *index,
		const char *flags)
{
	char path[256], target[256];

	snprintf(path, sizeof(path), "sys/class/net/%s", name);
	snprintf(target, sizeof(target), "../../devices/pci0000:00/%s/net/%s", bdf, name);
	tree_link(tree, path, target);
	snprintf(path, sizeof(path), "sys/devices/pci0000:00/%s/net/%s/ifindex", bdf, name);
	tree_text(tree, path, index);
	snprintf(path, sizeof(path), "sys/devices/pci0000:00/%s/net/%s/flags", bdf, name);
	tree_text(tree, path, flags);
}

static void expect(const struct tree *tree, int error, int index, const char *name)
{
	char found[INTERFACE_NAME_MAX] = "";
	int found_index = 0;

	assert_int_equal(interface_find_idle(&tree->root, SWITCH, &found_index, found), error);
	if (error)
		return;
	assert_int_equal(found_index, index);
	assert_string_equal(found, name);
}

static void idle(void **state)
{
	const struct tree *tree = *state;

	add(tree, "eth0", OTHER, "2\n", "0x1003\n");
	expect(tree, -ENODEV, 0, "");
	add(tree, "swp1", SWITCH, "3\n", "0x1002\n");
	expect(tree, 0, 3, "swp1");
	tree_link(tree, "sys/devices/pci0000:00/" SWITCH "/net/swp1/upper_br0", "../br0");
	expect(tree, -EBUSY, 0, "");
}

/* A reset takes all ports of a function along, not only the one that would send. */
static void another_port(void **state)
{
	const struct tree *tree = *state;

	add(tree, "swp1", SWITCH, "3\n", "0x1002\n");
	add(tree, "swp2", SWITCH, "4\n", "0x1003\n");
	expect(tree, -EBUSY, 0, "");
	tree_text(tree, "sys/class/net/swp2/flags", "\n");
	expect(tree, -EINVAL, 0, "");
	tree_text(tree, "sys/class/net/swp2/flags", "0x1002\n");
	expect(tree, 0, 3, "swp1");
}

#define PACKET "proc/net/packet"
#define HEAD "sk       RefCnt Type Proto  Iface R Rmem   User   Inode\n"

/* One packet socket of this protocol, on the interface of this index; 0: on all. */
static void listen_on(const struct tree *tree, const char *protocol, const char *index)
{
	char table[256];

	snprintf(table, sizeof(table),
		 HEAD "0000000000000000 3      3    %s   %s     1 0      0      7001\n", protocol,
		 index);
	tree_text(tree, PACKET, table);
}

static void listeners(void **state)
{
	const struct tree *tree = *state;

	add(tree, "eth0", OTHER, "2\n", "0x1003\n");
	add(tree, "swp1", SWITCH, "3\n", "0x1003\n");
	add(tree, "swp2", SWITCH, "4\n", "0x1003\n");
	assert_int_equal(interface_listened(&tree->root, SWITCH), 0);
	tree_text(tree, PACKET, HEAD);
	assert_int_equal(interface_listened(&tree->root, SWITCH), 0);
	/* It only sends, as the tool's own does. */
	listen_on(tree, "0000", "3");
	assert_int_equal(interface_listened(&tree->root, SWITCH), 0);
	listen_on(tree, "0003", "2");
	assert_int_equal(interface_listened(&tree->root, SWITCH), 0);
	assert_int_equal(interface_listened(&tree->root, OTHER), 1);
	listen_on(tree, "0003", "0");
	assert_int_equal(interface_listened(&tree->root, SWITCH), 0);
	listen_on(tree, "88cc", "3");
	assert_int_equal(interface_listened(&tree->root, SWITCH), 1);
	listen_on(tree, "0800", "4");
	assert_int_equal(interface_listened(&tree->root, SWITCH), 1);
	tree_text(tree, "sys/class/net/swp2/ifindex", "\n");
	assert_int_equal(interface_listened(&tree->root, SWITCH), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(idle, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(another_port, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(listeners, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
