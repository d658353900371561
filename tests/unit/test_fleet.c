// SPDX-License-Identifier: GPL-2.0-or-later
/* Results as hosts: which one counts, which host is the worst, who is missing. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/fleet.h"
#include "render/json_result_read.h"

static void add(struct fleet *fleet, const char *name, enum run_verdict verdict,
		const char *started)
{
	struct host_result *result = fleet_add(fleet);

	assert_non_null(result);
	result->name = strdup(name);
	result->known = true;
	result->verdict = verdict;
	snprintf(result->started, sizeof(result->started), "%s", started);
}

static const struct host_result *worst_of(const struct fleet *fleet, const char *name)
{
	for (size_t i = 0; i < fleet->host_count; i++)
		if (streq(fleet_host_result(fleet, &fleet->hosts[i])->name, name))
			return fleet_host_result(fleet, &fleet->hosts[i]);
	fail();
	return NULL;
}

/* The verdicts of three runs in any order come to the worst, and only good ones to 0. */
static void the_worst_wins(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < RUN_VERDICT_COUNT * RUN_VERDICT_COUNT; i++) {
		_cleanup_fleet_ struct fleet fleet = {0};
		enum run_verdict one = i / RUN_VERDICT_COUNT, other = i % RUN_VERDICT_COUNT;
		int status = run_verdict_exit_status(one), with = run_verdict_exit_status(other);

		add(&fleet, "a", one, "");
		add(&fleet, "b", other, "");
		add(&fleet, "B", RUN_FIXED, "");
		assert_int_equal(fleet_conclude(&fleet), 0);
		assert_int_equal(fleet.host_count, 2);
		assert_int_equal(fleet_exit_status(&fleet), status == 1 || with == 1 ? 1
							    : status || with	     ? 4
										     : 0);
	}
}

static void the_newest_of_equals(void **state)
{
	_cleanup_fleet_ struct fleet fleet = {0};
	struct host_row *row;

	(void)state;
	add(&fleet, "a", RUN_BROKEN, "2026-01-01T00:00:00Z");
	add(&fleet, "a", RUN_FIXED, "2026-01-03T00:00:00Z");
	row = host_result_add_row(&fleet.results[1]);
	assert_non_null(row);
	row->functions = strdup("0000:01:00.0");
	add(&fleet, "a", RUN_BROKEN, "2026-01-02T00:00:00Z");
	assert_int_equal(fleet_conclude(&fleet), 0);
	assert_int_equal(fleet.host_count, 1);
	assert_int_equal(fleet.hosts[0].count, 3);
	assert_string_equal(worst_of(&fleet, "a")->started, "2026-01-02T00:00:00Z");
	assert_int_equal(worst_of(&fleet, "a")->row_count, 1);
	assert_string_equal(worst_of(&fleet, "a")->rows[0].functions, "0000:01:00.0");
	assert_int_equal(fleet_notes(&fleet).several, 1);
}

static void who_is_missing(void **state)
{
	static const char *const expected[] = {"a", "a", "b.x", "c", "d.y"};
	_cleanup_fleet_ struct fleet fleet = {0};

	(void)state;
	add(&fleet, "A.example", RUN_FIXED, "");
	add(&fleet, "b", RUN_NOT_AFFECTED, "");
	add(&fleet, "c.one", RUN_FIXED, "");
	add(&fleet, "c.two", RUN_FIXED, "");
	add(&fleet, "d.z", RUN_FIXED, "");
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
		assert_int_equal(fleet_expect(&fleet, expected[i]), 0);
	assert_int_equal(fleet_conclude(&fleet), 0);
	assert_int_equal(fleet.host_count, 7);
	assert_false(worst_of(&fleet, "c")->known);
	assert_false(worst_of(&fleet, "d.y")->known);
	assert_string_equal(worst_of(&fleet, "c")->why, "no result");
	assert_int_equal(fleet.counts[2], 2);
	assert_int_equal(fleet_notes(&fleet).unexpected, 3);
	assert_int_equal(fleet_notes(&fleet).missing, 2);
	assert_int_equal(fleet_notes(&fleet).unread, 0);
	assert_int_equal(fleet_exit_status(&fleet), 4);
}

static void nobody_is_not_good(void **state)
{
	_cleanup_fleet_ struct fleet fleet = {0};

	(void)state;
	assert_int_equal(fleet_conclude(&fleet), 0);
	assert_int_equal(fleet_exit_status(&fleet), 4);
}

static void names_of_files(void **state)
{
	static const char *const cases[][2] = {
		{"node1", "node1"},
		{"results/node1.json", "node1"},
		{"/a/node1.x.org", "node1.x.org"},
		{"node1.jsonl", "node1"},
		{"a.b/node1.ev", "node1"},
		{".json", ".json"},
		{"dir/", "dir/"},
	};
	char name[64];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		fleet_name_of_file(cases[i][0], name, sizeof(name));
		assert_string_equal(name, cases[i][1]);
	}
	assert_false(fleet_is_name("(none)"));
	assert_false(fleet_is_name("LOCALHOST"));
	assert_true(fleet_is_name("localhost1"));
}

/* What could not be read to its end has the reason for it. */
static void a_broken_disk(void **state)
{
	_cleanup_fleet_ struct fleet fleet = {0};
	_cleanup_json_result_reader_ struct json_result_reader reader = {0};

	(void)state;
	assert_int_equal(json_result_reader_init(&reader, &fleet, "node1.json"), 0);
	assert_int_equal(json_result_reader_take(&reader, "{\n\"a\": 1,\n", 10), 0);
	assert_int_equal(json_result_reader_end(&reader, -5), 0);
	assert_int_equal(fleet.result_count, 1);
	assert_string_equal(fleet.results[0].name, "node1");
	assert_string_equal(fleet.results[0].why, "line 3: Input/output error");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_worst_wins), cmocka_unit_test(the_newest_of_equals),
		cmocka_unit_test(who_is_missing), cmocka_unit_test(nobody_is_not_good),
		cmocka_unit_test(names_of_files), cmocka_unit_test(a_broken_disk),
	};

	return cmocka_run_group_tests_name("fleet", tests, NULL, NULL);
}
