// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "observe/config.h"
#include "observe_tree.h"

#define NIC "0000:01:00.0"
#define NIC_DIR "sys/bus/pci/devices/" NIC "/"

static struct config_space config;

static void test_whole_space(void **state)
{
	const struct tree *tree = *state;
	uint8_t bytes[CONFIG_BYTES_MAX];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7 + i / 256);
	tree_file(tree, NIC_DIR "config", bytes, sizeof(bytes));
	assert_int_equal(config_read(&tree->root, NIC, &config), 0);
	assert_true(config.readable);
	assert_int_equal(config.length_bytes, 4096);
	assert_memory_equal(config.bytes, bytes, sizeof(bytes));
}

static void test_as_much_as_there_is(void **state)
{
	static const unsigned int lengths[] = {64, 256, 1};
	const struct tree *tree = *state;
	uint8_t bytes[256];

	memset(bytes, 0x5a, sizeof(bytes));
	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		memset(&config, 0xff, sizeof(config));
		tree_file(tree, NIC_DIR "config", bytes, lengths[i]);
		assert_int_equal(config_read(&tree->root, NIC, &config), 0);
		assert_true(config.readable);
		assert_int_equal(config.length_bytes, lengths[i]);
		assert_int_equal(config.bytes[lengths[i] - 1], 0x5a);
		assert_int_equal(config.bytes[lengths[i]], 0);
	}
}

static void test_beginning(void **state)
{
	static const uint8_t bytes[] = {0xff, 0xff, 0xff, 0xff, 0x06, 0x00, 0x10};
	const struct tree *tree = *state;
	char text[18] = "before";

	assert_int_equal(config_read_header(&tree->root, NIC, text, sizeof(text)), -ENOENT);
	assert_string_equal(text, "");
	tree_file(tree, NIC_DIR "config", bytes, 5);
	assert_int_equal(config_read_header(&tree->root, NIC, text, sizeof(text)), -ENODATA);
	assert_string_equal(text, "");
	tree_file(tree, NIC_DIR "config", bytes, sizeof(bytes));
	assert_int_equal(config_read_header(&tree->root, NIC, text, sizeof(text)), 0);
	assert_string_equal(text, "ff ff ff ff 06 00");
}

static void test_not_readable(void **state)
{
	const struct tree *tree = *state;

	config.readable = true;
	assert_int_equal(config_read(&tree->root, NIC, &config), -ENOENT);
	assert_false(config.readable);
	tree_text(tree, NIC_DIR "config", "");
	assert_int_equal(config_read(&tree->root, NIC, &config), -ENODATA);
	assert_false(config.readable);
	tree_remove(tree, NIC_DIR "config");
	tree_text(tree, NIC_DIR "config/x", "");
	assert_int_equal(config_read(&tree->root, NIC, &config), -EISDIR);
	assert_false(config.readable);
}

static void test_presence(void **state)
{
	const struct tree *tree = *state;

	assert_int_equal(0, function_present(&tree->root, NIC, 0x1af4, 0x1041));
	tree_text(tree, NIC_DIR "vendor", "0x1af4\n");
	assert_int_equal(0, function_present(&tree->root, NIC, 0x1af4, 0x1041));
	tree_text(tree, NIC_DIR "device", "0x1041\n");
	assert_int_equal(1, function_present(&tree->root, NIC, 0x1af4, 0x1041));
	assert_int_equal(0, function_present(&tree->root, NIC, 0x1af4, 0x1042));
	assert_int_equal(0, function_present(&tree->root, NIC, 0x1af5, 0x1041));
	tree_text(tree, NIC_DIR "vendor", "0xffff\n");
	assert_int_equal(0, function_present(&tree->root, NIC, 0x1af4, 0x1041));
	tree_text(tree, NIC_DIR "vendor", "junk\n");
	assert_int_equal(-EINVAL, function_present(&tree->root, NIC, 0x1af4, 0x1041));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_whole_space), TEST(test_as_much_as_there_is),
		TEST(test_beginning),	TEST(test_not_readable),
		TEST(test_presence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
