// SPDX-License-Identifier: GPL-2.0-or-later
/* Everything that was put in is found where it stands, and nothing else. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/hash_index.h"

#define COUNT 5000

static char names[COUNT][16];

static bool is_name(const void *context, size_t place)
{
	return streq(names[place], context);
}

static bool is_second(const void *context, size_t place)
{
	(void)context;
	return place == 1;
}

static size_t find(const struct hash_index *index, const char *name)
{
	return hash_index_find(index, hash_text(HASH_SEED, name), is_name, name);
}

static void each_is_found(void **state)
{
	struct hash_index index = {0};

	(void)state;
	assert_int_equal(find(&index, "0"), HASH_NONE);
	for (size_t i = 0; i < COUNT; i++) {
		snprintf(names[i], sizeof(names[i]), "%zu", i * 7);
		assert_int_equal(find(&index, names[i]), HASH_NONE);
		assert_int_equal(hash_index_add(&index, hash_text(HASH_SEED, names[i]), i), 0);
	}
	for (size_t i = 0; i < COUNT; i++)
		assert_int_equal(find(&index, names[i]), i);
	assert_int_equal(find(&index, "1"), HASH_NONE);
	assert_int_equal(find(&index, ""), HASH_NONE);
	assert_true(index.count * 2 <= index.capacity);
	hash_index_clear(&index);
	assert_int_equal(find(&index, "0"), HASH_NONE);
	hash_index_clear(&index);
}

/* Two of one hash are told apart by what they are. */
static void same_hash(void **state)
{
	struct hash_index index = {0};

	(void)state;
	assert_int_equal(hash_index_add(&index, UINT64_MAX, 0), 0);
	assert_int_equal(hash_index_find(&index, UINT64_MAX, is_second, NULL), HASH_NONE);
	assert_int_equal(hash_index_add(&index, UINT64_MAX, 1), 0);
	assert_int_equal(hash_index_find(&index, UINT64_MAX, is_second, NULL), 1);
	assert_int_equal(hash_index_find(&index, 0, is_second, NULL), HASH_NONE);
	hash_index_clear(&index);
}

static void words_have_ends(void **state)
{
	(void)state;
	assert_int_not_equal(hash_text(hash_text(HASH_SEED, "ab"), "c"),
			     hash_text(hash_text(HASH_SEED, "a"), "bc"));
	assert_int_not_equal(hash_text(HASH_SEED, ""), HASH_SEED);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_found),
		cmocka_unit_test(same_hash),
		cmocka_unit_test(words_have_ends),
	};

	return cmocka_run_group_tests_name("hash index", tests, NULL, NULL);
}
