// SPDX-License-Identifier: GPL-2.0-or-later
/* Which word somebody who mistyped may have meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/attr.h"
#include "base/nearest.h"

static const char *nearest_of(const char *typed, const char *const *words, size_t count)
{
	struct nearest nearest = {0};

	for (size_t i = 0; i < count; i++)
		nearest_try(&nearest, typed, words[i]);
	return nearest.word;
}

static const char *nearest_to(const char *typed, const char *word)
{
	return nearest_of(typed, &word, 1);
}

static void test_one_letter(void **state)
{
	(void)state;
	assert_string_equal(nearest_to("json", "json"), "json");
	assert_string_equal(nearest_to("jsonl", "json"), "json"); /* too many */
	assert_string_equal(nearest_to("jsn", "json"), "json");	  /* too few */
	assert_string_equal(nearest_to("jsom", "json"), "json");  /* another */
	assert_string_equal(nearest_to("josn", "json"), "json");  /* swapped */
	assert_string_equal(nearest_to("sjon", "json"), "json");
	assert_string_equal(nearest_to("jsno", "json"), "json");
	assert_string_equal(nearest_to("JSON", "json"), "json");
	assert_string_equal(nearest_to("JSN", "json"), "json");
	assert_string_equal(nearest_to("a", "ab"), "ab");
}

/* A third of the letters of the shorter word may be wrong, and no more. */
static void test_far(void **state)
{
	(void)state;
	assert_string_equal(nearest_to("promethus", "prometheus"), "prometheus");
	assert_string_equal(nearest_to("pometehus", "prometheus"), "prometheus");
	assert_null(nearest_to("jn", "json"));
	assert_null(nearest_to("html", "json"));
	assert_null(nearest_to("sno", "json"));
	assert_string_equal(nearest_to("abcxyf", "abcdef"), "abcdef");
	assert_null(nearest_to("abxyzf", "abcdef"));
	/* The same letters twice swapped are two mistakes. */
	assert_string_equal(nearest_to("badcef", "abcdef"), "abcdef");
	assert_null(nearest_to("badcfe", "abcdef"));
}

static void test_best(void **state)
{
	static const char *const words[] = {"plan", "list", "lint", "link", "judge"};

	(void)state;
	assert_string_equal(nearest_of("lint", words, ARRAY_SIZE(words)), "lint");
	/* The first of those that are equally near. */
	assert_string_equal(nearest_of("lins", words, ARRAY_SIZE(words)), "lint");
	assert_string_equal(nearest_of("lisk", words, ARRAY_SIZE(words)), "list");
	assert_string_equal(nearest_of("jugde", words, ARRAY_SIZE(words)), "judge");
	assert_null(nearest_of("recover", words, ARRAY_SIZE(words)));
}

static void test_distance(void **state)
{
	struct nearest nearest = {0};

	(void)state;
	nearest_try(&nearest, "promehteus", "prometheus");
	assert_int_equal(nearest.distance, 1);
	nearest_try(&nearest, "promehteus", "promehteus");
	assert_int_equal(nearest.distance, 0);
	nearest_try(&nearest, "promehteus", "prometheus");
	assert_string_equal(nearest.word, "promehteus");
}

/* Nothing is meant by nothing, and what is too long for any word is not looked at. */
static void test_limits(void **state)
{
	char forty[41], more[42], huge[5000];

	(void)state;
	memset(forty, 'a', sizeof(forty) - 1);
	forty[40] = '\0';
	memset(more, 'a', sizeof(more) - 1);
	more[41] = '\0';
	memset(huge, 'a', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = '\0';
	assert_null(nearest_to("", "a"));
	assert_string_equal(nearest_to(forty, forty), forty);
	assert_null(nearest_to(more, forty));
	assert_null(nearest_to(forty, more));
	assert_null(nearest_to(huge, forty));
	/* Bytes that are no letters are compared as they are. */
	assert_string_equal(nearest_to("\xff\xfejson", "\xff\xfdjson"), "\xff\xfdjson");
}

static void test_question(void **state)
{
	char question[NEAREST_QUESTION_MAX] = "before";
	struct nearest nearest = {0};

	(void)state;
	assert_string_equal(nearest_question(&nearest, question), "");
	nearest_try(&nearest, "lsit", "list");
	assert_string_equal(nearest_question(&nearest, question), "did you mean list? Else, ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_letter), cmocka_unit_test(test_far),
		cmocka_unit_test(test_best),	   cmocka_unit_test(test_distance),
		cmocka_unit_test(test_limits),	   cmocka_unit_test(test_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
