// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/known.h"

static void nothing_is_known(void **state)
{
	struct known known = {0};

	(void)state;
	assert_false(known_has(&known, "00:00.0"));
	known_clear(&known);
}

/* Added in any order, more than once, in several domains. */
static void what_is_known(void **state)
{
	static const char *const added[] = {"0000:0d:00.0", "0001:0d:00.0", "0000:00:1f.3",
					    "ffff:ff:1f.7", "0000:00:00.0", "0000:0d:00.0",
					    "0002:01:02.3", "0000:0d:00.1"};
	struct known known = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(added); i++)
		assert_int_equal(known_add(&known, added[i]), 0);
	assert_int_equal(known.count, ARRAY_SIZE(added) - 1);
	for (size_t i = 0; i < ARRAY_SIZE(added); i++)
		assert_true(known_has(&known, strchr(added[i], ':') + 1));
	assert_false(known_has(&known, "01:02.4"));
	assert_false(known_has(&known, "00:00.1"));
	assert_false(known_has(&known, "0d:00.2"));
	assert_false(known_has(&known, "ff:1f.6"));
	assert_false(known_has(&known, ""));
	known_clear(&known);
	assert_int_equal(known.count, 0);
}

/* What is below VMD has its requester id, and junk has none. */
static void what_has_no_requester_id(void **state)
{
	static const char *const refused[] = {
		"10000:e1:00.0", "", "0d:00.0", "0000:0d:00.8", "000g:0d:00.0", "0000:0d:00.0 "};
	struct known known = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		assert_int_equal(known_add(&known, refused[i]), 0);
	assert_int_equal(known.count, 0);
	known_clear(&known);
}

/* As many as a bus number, a device and a function can name, from the last to the first. */
static void all_of_a_domain(void **state)
{
	struct known known = {0};
	struct bdf bdf = {0};
	char name[BDF_MAX];

	(void)state;
	for (unsigned int rid = 0x10000; rid-- > 0;) {
		if (rid % 17)
			continue;
		bdf = (struct bdf){
			.bus = (uint8_t)(rid >> 8), .slot = rid >> 3 & 0x1f, .func = rid & 7};
		bdf_format(&bdf, name);
		assert_int_equal(known_add(&known, name), 0);
	}
	for (unsigned int rid = 0; rid < 0x10000; rid++) {
		bdf = (struct bdf){
			.bus = (uint8_t)(rid >> 8), .slot = rid >> 3 & 0x1f, .func = rid & 7};
		bdf_format(&bdf, name);
		assert_int_equal(known_has(&known, name + 5), rid % 17 == 0);
	}
	known_clear(&known);
}

/* A file may name more than a machine can have. */
static void more_than_any_machine_has(void **state)
{
	struct known known = {0};
	char name[BDF_MAX];

	(void)state;
	for (unsigned int i = 0; i < KNOWN_MAX + 2; i++) {
		const struct bdf bdf = {.domain = i & 0xff,
					.bus = (uint8_t)(i >> 16),
					.slot = i >> 11 & 0x1f,
					.func = i >> 8 & 7};

		bdf_format(&bdf, name);
		assert_int_equal(known_add(&known, name), 0);
	}
	assert_int_equal(known.count, KNOWN_MAX);
	assert_true(known_has(&known, "00:1f.7"));
	assert_false(known_has(&known, "01:00.0"));
	known_clear(&known);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known),	     cmocka_unit_test(what_is_known),
		cmocka_unit_test(what_has_no_requester_id),  cmocka_unit_test(all_of_a_domain),
		cmocka_unit_test(more_than_any_machine_has),
	};

	return cmocka_run_group_tests_name("known", tests, NULL, NULL);
}
