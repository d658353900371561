// SPDX-License-Identifier: GPL-2.0-or-later
/* What the system's log is told, and that nothing from the machine can tell it more. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <syslog.h>

#include "base/strbuf.h"
#include "cli/system_log.h"
#include "golden.h"
#include "judge/judge.h"
#include "model/evidence_text.h"
#include "render/log_entry.h"

#define STEP_HEAD "MESSAGE_ID=" LOG_ENTRY_STEP_ID "\n"

static struct strbuf sent;
static int levels[8], entries, answer;

static int take(const char *fields, int level)
{
	strbuf_puts(&sent, fields);
	levels[entries++ % 8] = level;
	return answer;
}

static int tear_down(void **state)
{
	(void)state;
	strbuf_free(&sent);
	entries = answer = 0;
	return 0;
}

/* Follows the evidence of @text. */
static void follow(const char *text, struct followers *followers)
{
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};
	size_t line;

	assert_int_equal(evidence_parse(text, &run, &line), 0);
	assert_int_equal(judge_run(&run, &result), 0);
	assert_int_equal(system_log_follow_by(followers, take), 0);
	followers_run_begin(followers, &run, &result.totals);
	for (size_t i = 0; i < run.step_count; i++)
		followers_step_end(followers, &run, &run.steps[i], &result.steps[i]);
	followers_run_end(followers, &run, &result, run_verdict_exit_status(result.verdict));
}

static void has(const char *fields)
{
	if (!strstr(sent.text, fields))
		fail_msg("no %s in %s", fields, sent.text);
}

static void test_entries(void **state)
{
	_cleanup_free_ char *text = golden_text("../cli/evidence/vulnerable");
	_cleanup_followers_ struct followers followers = {0};

	(void)state;
	follow(text, &followers);
	assert_int_equal(entries, 4);
	assert_int_equal(levels[0], LOG_INFO);
	assert_int_equal(levels[2], LOG_ERR);
	assert_int_equal(levels[3], LOG_ERR);
	has("MESSAGE=step 1: nested, 0000:00:1f.2: skip, no-ats: it has no ATS capability");
	has("\nMESSAGE=step 3: nested, cxl_bus, 0000:01:00.0: fail, nested-prepare-busy: ");
	has("\n" STEP_HEAD "PRIORITY=3\nSYSLOG_IDENTIFIER=iommu-resettest\n"
	    "IOMMU_RESETTEST_RUN_ID=360b100755468a08\nIOMMU_RESETTEST_STEP=3\n"
	    "IOMMU_RESETTEST_ROUND=1\nIOMMU_RESETTEST_SCENARIO=nested\n"
	    "IOMMU_RESETTEST_METHOD=cxl_bus\nIOMMU_RESETTEST_FUNCTION=0000:01:00.0\n"
	    "IOMMU_RESETTEST_VERDICT=fail\nIOMMU_RESETTEST_REASON=nested-prepare-busy\n"
	    "IOMMU_RESETTEST_DURATION_NS=");
	has("\nMESSAGE=vulnerable: This kernel refuses");
	has("\nMESSAGE_ID=" LOG_ENTRY_VERDICT_ID "\nPRIORITY=3\n");
	has("\nIOMMU_RESETTEST_VERDICT=vulnerable\nIOMMU_RESETTEST_EXIT_STATUS=1\n"
	    "IOMMU_RESETTEST_STEPS=3\nIOMMU_RESETTEST_FAILED=1\n");
}

/* A log that was shut is not asked again, and the follower remembers why. */
static void test_failure(void **state)
{
	_cleanup_free_ char *text = golden_text("../cli/evidence/vulnerable");
	_cleanup_followers_ struct followers followers = {0};

	(void)state;
	answer = -ECONNREFUSED;
	follow(text, &followers);
	assert_int_equal(entries, 1);
	assert_int_equal(followers.items[0].error, -ECONNREFUSED);
}

/* Names with new lines, escapes and fields of their own. */
static void test_hostile(void **state)
{
	static const char bad[] = "x\nMESSAGE=forged\nPRIORITY=7\n\033[31m%n\xff";
	struct run_evidence run = {0};
	struct step_evidence step = {.number = 1, .subject_count = 1};
	struct step_result result = {.verdict = STEP_PASS};
	_cleanup_strbuf_ struct strbuf entry = {0};
	unsigned int lines = 0;

	(void)state;
	snprintf(run.run_id, sizeof(run.run_id), "%s", bad);
	snprintf(step.method, sizeof(step.method), "%.*s", METHOD_NAME_MAX - 1, bad);
	snprintf(step.subjects[0].function, BDF_MAX, "%.*s", BDF_MAX - 1, bad);
	snprintf(result.text, sizeof(result.text), "%s", bad);
	assert_int_equal(log_entry_step(&entry, &run, &step, &result), LOG_INFO);
	for (const char *at = entry.text; *at; at = strchr(at, '\n') + 1, lines++) {
		assert_non_null(strchr(at, '\n'));
		assert_true(starts_with(at, "MESSAGE=step 1: ") || starts_with(at, STEP_HEAD) ||
			    starts_with(at, "PRIORITY=6\n") ||
			    starts_with(at, "SYSLOG_IDENTIFIER=iommu-resettest\n") ||
			    starts_with(at, "IOMMU_RESETTEST_"));
	}
	assert_int_equal(lines, 12);
	for (const char *at = entry.text; *at; at++)
		assert_true(*at == '\n' || (*at >= ' ' && *at <= '~'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_entries, tear_down),
		cmocka_unit_test_teardown(test_failure, tear_down),
		cmocka_unit_test_teardown(test_hostile, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
