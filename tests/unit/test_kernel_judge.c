// SPDX-License-Identifier: GPL-2.0-or-later
/* The static verdict: every shape that prepare/done had, and mixtures nobody has seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attr.h"
#include "model/facts.h"

#define U TRI_UNKNOWN
#define N TRI_NO
#define Y TRI_YES

static const struct {
	const char *what;
	enum tri prepare, resetting_domain, recovery_cnt, blocked, reset_depth, alias;
	enum static_verdict verdict;
	const char *reason; /* a part of it */
} cases[] = {
	{"6.19", N, N, N, N, N, U, STATIC_NOT_AFFECTED, "never block"},
	{"state of a design whose functions have other names", N, Y, N, N, N, U, STATIC_UNKNOWN,
	 "design"},
	{"a later one of the kind", N, N, Y, Y, N, U, STATIC_UNKNOWN, "design"},
	{"a fixed one of the kind", N, N, N, N, Y, U, STATIC_UNKNOWN, "design"},
	{"kallsyms only, absent", N, U, U, U, U, U, STATIC_NOT_AFFECTED, "never block"},
	{"7.0.4", Y, Y, N, N, N, N, STATIC_VULNERABLE, "resetting_domain"},
	{"7.0.4, struct group_device unseen", Y, Y, N, U, U, U, STATIC_VULNERABLE,
	 "resetting_domain"},
	{"after b296ca1fb43a", Y, N, Y, Y, N, N, STATIC_VULNERABLE, "recovery_cnt"},
	{"7.0.10", Y, N, Y, Y, Y, N, STATIC_FIXED, "reset_depth"},
	{"7.1", Y, N, Y, Y, Y, Y, STATIC_FIXED, "reset_depth"},
	{"reset_depth in another dress", Y, N, N, N, Y, U, STATIC_FIXED, "reset_depth"},
	{"functions, no known member", Y, N, N, N, N, N, STATIC_UNKNOWN, "not in a shape"},
	{"kallsyms only, present", Y, U, U, U, U, U, STATIC_UNKNOWN, "could not be read"},
	{"recovery_cnt, reset_depth unseen", Y, N, Y, U, U, U, STATIC_UNKNOWN, "shape"},
	{"recovery_cnt without blocked", Y, N, Y, N, N, N, STATIC_UNKNOWN, "shape"},
	{"old and new at once", Y, Y, Y, Y, Y, Y, STATIC_UNKNOWN, "mixture"},
	{"nothing read", U, U, U, U, U, U, STATIC_UNKNOWN, "neither"},
	{"members but functions unseen", U, N, Y, Y, Y, U, STATIC_UNKNOWN, "neither"},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct kernel_facts facts = KERNEL_FACTS_INIT;
		const char *reason = NULL;
		enum static_verdict verdict;

		facts.prepare = facts.done = cases[i].prepare;
		facts.resetting_domain = cases[i].resetting_domain;
		facts.recovery_cnt = cases[i].recovery_cnt;
		facts.blocked = cases[i].blocked;
		facts.reset_depth = cases[i].reset_depth;
		facts.alias_message = cases[i].alias;
		verdict = facts_judge(&facts, &reason);
		if (verdict != cases[i].verdict || !reason || !strstr(reason, cases[i].reason))
			fail_msg("%s: %s, %s", cases[i].what, static_verdict_name(verdict), reason);
		assert_int_equal(facts_judge(&facts, NULL), verdict);
	}
}

static void test_version_is_no_fact(void **state)
{
	struct kernel_facts old = KERNEL_FACTS_INIT, new = KERNEL_FACTS_INIT;

	(void)state;
	strcpy(old.release, "7.0.4");
	strcpy(new.release, "7.3.4");
	assert_int_equal(facts_judge(&old, NULL), facts_judge(&new, NULL));
}

static void test_names(void **state)
{
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	size_t count = 0;

	(void)state;
	for (; facts_name_at(count); count++)
		*facts_value(&facts, facts_name_at(count)) = TRI_YES;
	assert_int_equal(count, 7);
	assert_int_equal(facts.prepare, TRI_YES);
	assert_int_equal(facts.reset_depth, TRI_YES);
	assert_int_equal(facts.alias_message, TRI_YES);
	assert_null(facts_value(&facts, "no_such_fact"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_version_is_no_fact),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("static verdict", tests, NULL, NULL);
}
