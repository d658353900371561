// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/attr.h"
#include "judge/config_space.h"

#define EXPRESS 0x40 /* where the capabilities stand below */
#define ATS 0x140
#define MAX 16

static void put(struct config_space *config, unsigned int at, uint32_t value, unsigned int bytes)
{
	for (unsigned int i = 0; i < bytes; i++)
		config->bytes[at + i] = (uint8_t)(value >> (8 * i));
}

/* A function with PCI Express and ATS capabilities, a link of width 8 at speed 3. */
static struct config_space usual(void)
{
	struct config_space config = {.readable = true, .length_bytes = CONFIG_BYTES_MAX};

	put(&config, 0x00, 0x10411af4, 4);
	put(&config, 0x04, 0x0006, 2);	   /* memory, bus master */
	put(&config, 0x06, 0x0010, 2);	   /* capability list */
	put(&config, 0x10, 0xfe400000, 4); /* BAR 0 */
	put(&config, 0x24, 0xfe500000, 4); /* BAR 5 */
	put(&config, 0x34, EXPRESS, 1);
	put(&config, EXPRESS, 0x0010, 2); /* the last one */
	put(&config, EXPRESS + 0x08, 0x2810, 2);
	put(&config, EXPRESS + 0x12, 0x0083, 2);
	put(&config, 0x100, 0x14010001, 4); /* AER, then ATS */
	put(&config, ATS, 0x0001000f, 4);
	put(&config, ATS + 6, 0x8000, 2);
	return config;
}

/* The one register that differs when @bytes at @at hold @value afterwards; "" for none. */
static const char *changed(unsigned int at, uint32_t value, unsigned int bytes)
{
	static struct config_register differing[MAX];
	struct config_space before = usual(), after = usual();
	unsigned int count;

	put(&after, at, value, bytes);
	count = config_differences(&before, &after, differing, MAX);
	assert_true(count <= 1);
	return count ? differing[0].name : "";
}

static void registers_that_must_stay(void **state)
{
	(void)state;
	assert_string_equal(changed(0x04, 0x0002, 2), "Command");
	assert_string_equal(changed(0x04, 0x0406, 2), "Command");
	assert_string_equal(changed(0x0c, 0x10, 1), "Cache Line Size");
	assert_string_equal(changed(0x10, 0, 4), "BAR 0");
	assert_string_equal(changed(0x24, 0xffffffff, 4), "BAR 5");
	assert_string_equal(changed(0x3c, 0x0a, 1), "Interrupt Line");
	assert_string_equal(changed(EXPRESS + 0x08, 0x2010, 2), "Device Control");
	assert_string_equal(changed(EXPRESS + 0x12, 0x0082, 2), "Link Speed");
	assert_string_equal(changed(EXPRESS + 0x12, 0x0043, 2), "Link Width");
	assert_string_equal(changed(ATS + 6, 0x0000, 2), "ATS Enable");
}

static void what_may_change(void **state)
{
	(void)state;
	assert_string_equal(changed(0x06, 0x8010, 2), "");	     /* Status */
	assert_string_equal(changed(0x0f, 0x80, 1), "");	     /* BIST */
	assert_string_equal(changed(0x80, 0x12345678, 4), "");	     /* something of its own */
	assert_string_equal(changed(EXPRESS + 0x0a, 0x000f, 2), ""); /* Device Status */
	assert_string_equal(changed(EXPRESS + 0x12, 0x0104, 2), ""); /* faster and wider */
	assert_string_equal(changed(ATS + 6, 0x8001, 2), "");	     /* smallest unit */
}

static void values_are_kept(void **state)
{
	struct config_register differing[2];
	struct config_space before = usual(), after = usual();

	(void)state;
	put(&after, 0x04, 0, 2);
	put(&after, 0x10, 0, 4);
	put(&after, 0x24, 0, 4);
	assert_int_equal(config_differences(&before, &after, differing, 2), 3);
	assert_string_equal(differing[0].name, "Command");
	assert_int_equal(differing[0].before, 6);
	assert_int_equal(differing[0].after, 0);
	assert_int_equal(differing[1].before, 0xfe400000);
}

static unsigned int count_differences(const struct config_space *before,
				      const struct config_space *after)
{
	struct config_register differing[MAX];

	return config_differences(before, after, differing, MAX);
}

static void lengths(void **state)
{
	struct config_space before = usual(), after = usual();

	(void)state;
	/* Without privilege there are 64 bytes, and the capabilities are out of reach. */
	before.length_bytes = after.length_bytes = 64;
	put(&after, EXPRESS + 0x08, 0, 2);
	assert_int_equal(count_differences(&before, &after), 0);
	put(&after, 0x10, 0, 4);
	assert_int_equal(count_differences(&before, &after), 1);
	before = after = usual();
	after.length_bytes = 256;
	assert_int_equal(count_differences(&before, &after), 1);
	assert_int_equal(count_differences(&after, &before), 0);
	before.length_bytes = 16;
	assert_int_equal(count_differences(&before, &after), 0);
}

/* Base address registers of a bridge are bus numbers and windows. */
static void bridges(void **state)
{
	struct config_space before = usual(), after = usual();

	(void)state;
	before.bytes[0x0e] = after.bytes[0x0e] = 0x01;
	put(&after, 0x18, 0x00020100, 4);
	assert_int_equal(count_differences(&before, &after), 0);
}

/* Lists that loop, point outside, or never end. */
static void hostile_lists(void **state)
{
	(void)state;
	for (unsigned int next = 0; next < 256; next++) {
		struct config_space before = usual(), after = usual();

		before.bytes[EXPRESS] = 0x01;
		before.bytes[EXPRESS + 1] = (uint8_t)next;
		put(&before, ATS, 0x1 | (next << 4 | next >> 4) << 20, 4);
		put(&after, EXPRESS + 0x08, 0, 2);
		assert_true(count_differences(&before, &after) <= MAX);
	}
	{
		struct config_space ones = {.readable = true, .length_bytes = CONFIG_BYTES_MAX};

		memset(ones.bytes, 0xff, sizeof(ones.bytes));
		assert_int_equal(count_differences(&ones, &ones), 0);
	}
	/* A capability at the very end, whose registers would lie behind it. */
	{
		struct config_space before = usual(), after;

		before.length_bytes = 256;
		put(&before, 0x34, 0xfc, 1);
		put(&before, 0xfc, 0x0010, 2);
		after = before;
		assert_int_equal(count_differences(&before, &after), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_that_must_stay),
		cmocka_unit_test(what_may_change),
		cmocka_unit_test(values_are_kept),
		cmocka_unit_test(lengths),
		cmocka_unit_test(bridges),
		cmocka_unit_test(hostile_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
