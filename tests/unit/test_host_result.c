// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs in a few rows: what they come to, and which of many is the worst. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "golden.h"
#include "judge/judge.h"
#include "model/host_result.h"
#include "render/html_page.h"

static void take(const char *name, const char *source, struct host_result *host)
{
	_cleanup_lines_ struct lines lines = golden_lines(name);
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};

	assert_int_equal(lines_parse(&lines, &run), 0);
	assert_int_equal(judge_run(&run, &result), 0);
	assert_int_equal(host_result_take(host, source, &run, &result), 0);
}

static const struct host_row *find(const struct host_result *host, const char *method)
{
	for (size_t i = 0; i < host->row_count; i++)
		if (streq(host->rows[i].method, method))
			return &host->rows[i];
	fail();
	return NULL;
}

static void from_a_run(void **state)
{
	_cleanup_host_result_ struct host_result host = {0};
	const struct host_row *row;

	(void)state;
	take("7.3.4-storm", "some/where/storm.ev", &host);
	assert_true(host.known);
	assert_int_equal(host.verdict, RUN_FIXED);
	assert_string_equal(host_result_word(&host), "fixed");
	assert_string_equal(host.name, "storm.ev");
	assert_string_equal(host.release, "7.3.4+deb13-amd64");
	row = find(&host, "cxl_bus");
	assert_string_equal(row->scenario, "storm");
	assert_string_equal(row->functions,
			    "0000:01:00.0 + 0000:02:00.0 + 0000:03:00.0 + 0000:04:00.0");
	assert_int_equal(host_row_verdict(row), STEP_PASS);
	assert_int_equal(row->latency.count, 16);
	assert_true(row->latency.min_ns <= row->latency.median_ns &&
		    row->latency.median_ns <= row->latency.p99_ns &&
		    row->latency.p99_ns <= row->latency.max_ns);
	assert_true(row->step > 0);
}

static void of_a_row(void **state)
{
	struct host_row row = {0};

	(void)state;
	row.counts[STEP_SKIP] = 3;
	assert_int_equal(host_row_verdict(&row), STEP_SKIP);
	row.counts[STEP_PASS] = 100;
	assert_int_equal(host_row_verdict(&row), STEP_PASS);
	row.counts[STEP_INCONCLUSIVE] = 1;
	assert_int_equal(host_row_verdict(&row), STEP_INCONCLUSIVE);
	row.counts[STEP_FAIL] = 1;
	assert_int_equal(host_row_verdict(&row), STEP_FAIL);
}

/* A host of which nothing is known is worse than one that showed nothing, and never good. */
static void ranks(void **state)
{
	static const enum run_verdict before[] = {RUN_VULNERABLE, RUN_BROKEN};
	static const enum run_verdict behind[] = {RUN_INCONCLUSIVE, RUN_SKIPPED, RUN_FIXED,
						  RUN_NOT_AFFECTED};
	struct host_result unknown = {0}, known = {.known = true};
	unsigned int last = 0;

	(void)state;
	assert_string_equal(host_result_word(&unknown), "unknown");
	for (size_t i = 0; i < ARRAY_SIZE(before); i++) {
		known.verdict = before[i];
		assert_true(host_result_rank(&known) >= last);
		last = host_result_rank(&known);
		assert_true(last < host_result_rank(&unknown));
	}
	last = host_result_rank(&unknown);
	for (size_t i = 0; i < ARRAY_SIZE(behind); i++) {
		known.verdict = behind[i];
		assert_true(host_result_rank(&known) > last);
		last = host_result_rank(&known);
	}
}

static const char *after(const char *text, const char *words)
{
	const char *at = strstr(text, words);

	if (!at)
		fail_msg("no '%s' there", words);
	return at;
}

/* The table of hosts without details, as other callers have them. */
static void table(void **state)
{
	struct host_result hosts[3] = {0};
	_cleanup_strbuf_ struct strbuf out = {0};
	const char *at;

	(void)state;
	take("7.3.4-cxl", "good", &hosts[0]);
	hosts[1].name = strdup("silent<host>");
	hosts[1].why = strdup("no result");
	take("7.0.4-cxl", "bad", &hosts[2]);
	html_overview(&out, hosts, 3, "run");
	assert_int_equal(out.error, 0);
	at = after(out.text, "Worst verdict: vulnerable");
	at = after(at, "Of 3 runs: 1 vulnerable, 1 unknown, 1 fixed.");
	at = after(at, "<tbody>");
	at = after(at, ">bad<");
	at = after(at, ">silent&lt;host&gt;<");
	at = after(at, "no result");
	at = after(at, "</span> unknown<");
	after(at, ">good<");
	assert_null(strstr(out.text, "href="));
	for (size_t i = 0; i < 3; i++)
		host_result_clear(&hosts[i]);
}

static void many_columns(void **state)
{
	_cleanup_host_result_ struct host_result host = {.known = true, .verdict = RUN_BROKEN};
	_cleanup_strbuf_ struct strbuf out = {0};

	(void)state;
	for (unsigned int i = 0; i < 100; i++) {
		struct host_row *row = host_result_add_row(&host);
		char functions[32];

		assert_non_null(row);
		snprintf(functions, sizeof(functions), "0000:%02x:00.0", i);
		row->functions = strdup(functions);
		snprintf(row->scenario, sizeof(row->scenario), "single");
		snprintf(row->method, sizeof(row->method), "flr");
		row->counts[i == 77 ? STEP_FAIL : STEP_PASS] = 1;
	}
	html_overview(&out, &host, 1, "run");
	assert_int_equal(out.error, 0);
	/* One column for all functions: it fails where one of them does. */
	assert_null(strstr(out.text, "0000:4d:00.0"));
	after(out.text, "</span> fail 1 of 100<");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_a_run),	cmocka_unit_test(of_a_row),
		cmocka_unit_test(ranks),	cmocka_unit_test(table),
		cmocka_unit_test(many_columns),
	};

	return cmocka_run_group_tests_name("host result", tests, NULL, NULL);
}
