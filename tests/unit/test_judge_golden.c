// SPDX-License-Identifier: GPL-2.0-or-later
/* The judge over captured evidence, and over what comes of it by small edits: tests/golden. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>

#include "golden_edit.h"
#include "judge/judge.h"

/* Evidence and what the judge made of it. */
struct judged {
	struct run_evidence run;
	struct run_result result;
};

static void judge_lines(const struct lines *lines, struct judged *judged)
{
	*judged = (struct judged){0};
	assert_int_equal(lines_parse(lines, &judged->run), 0);
	assert_int_equal(judge_run(&judged->run, &judged->result), 0);
	assert_int_equal(judged->result.step_count, judged->run.step_count);
}

static void judged_free(struct judged *judged)
{
	result_free(&judged->result);
	evidence_free(&judged->run);
}

static const struct step_result *last_step(const struct judged *judged)
{
	return judged->result.step_count ? &judged->result.steps[judged->result.step_count - 1]
					 : NULL;
}

static const char *reason_of(const struct step_result *step)
{
	return step && step->reason ? step->reason->name : "-";
}

/* One row of captured/verdicts. */
struct row {
	char name[64], verdict[16], step[16], reason[40];
	int exit_status;
	unsigned int depth;
};

static void check_row(const struct row *row)
{
	_cleanup_lines_ struct lines lines = golden_lines(row->name);
	const struct step_result *step;
	struct judged judged;

	judge_lines(&lines, &judged);
	step = last_step(&judged);
	assert_string_equal(run_verdict_names[judged.result.verdict], row->verdict);
	assert_int_equal(run_verdict_exit_status(judged.result.verdict), row->exit_status);
	assert_string_equal(step ? step_verdict_names[step->verdict] : "-", row->step);
	assert_string_equal(reason_of(step), row->reason);
	assert_int_equal(step ? step->depth_max : 0, row->depth);
	assert_false(judged.result.contradiction);
	judged_free(&judged);
}

static size_t count_captured(void)
{
	DIR *dir = opendir(GOLDEN_DIR "/captured");
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		count += strstr(entry->d_name, ".ev") ? 1 : 0;
	closedir(dir);
	return count;
}

static void captured_evidence(void **state)
{
	_cleanup_free_ char *text = golden_text("captured/verdicts");
	_cleanup_lines_ struct lines lines = lines_split(text);
	size_t rows = 0;

	(void)state;
	for (size_t i = 0; i < lines.count; i++) {
		struct row row;

		if (lines.list[i][0] == '#')
			continue;
		assert_int_equal(sscanf(lines.list[i], "%63s %15s %d %15s %39s %u", row.name,
					row.verdict, &row.exit_status, row.step, row.reason,
					&row.depth),
				 6);
		check_row(&row);
		rows++;
	}
	assert_true(rows > 0);
	assert_int_equal(rows, count_captured());
}

/* A nested step that passed, and functions of one group of which one was not blocked. */
static enum run_verdict judge_unblocked(bool blocked, bool known)
{
	_cleanup_lines_ struct lines lines = golden_lines("7.3.4-cxl");
	_cleanup_lines_ struct lines more = golden_lines("7.3.4-siblings");
	struct judged nested, siblings;
	enum run_verdict verdict;

	if (!blocked) {
		golden_edit(&more, "drop-call #2 trace * kind=attach function=0000:01:00.0 *");
		golden_edit(&more, "drop-call #1 trace * kind=attach function=0000:01:00.0 *");
	}
	judge_lines(&lines, &nested);
	judge_lines(&more, &siblings);
	result_free(&nested.result);
	nested.result = (struct run_result){0};
	if (!known)
		nested.run.facts.reset_depth = nested.run.facts.blocked = TRI_NO;
	*evidence_add_step(&nested.run) = siblings.run.steps[--siblings.run.step_count];
	assert_int_equal(judge_run(&nested.run, &nested.result), 0);
	verdict = nested.result.verdict;
	judged_free(&nested);
	judged_free(&siblings);
	return verdict;
}

static void state_of_the_group(void **state)
{
	(void)state;
	assert_int_equal(judge_unblocked(true, false), RUN_FIXED);
	assert_int_equal(judge_unblocked(false, false), RUN_INCONCLUSIVE);
	/* Where each device has its own state, the gate of one is closed. */
	assert_int_equal(judge_unblocked(false, true), RUN_FIXED);
}

/*
 * A file of rules/ is about the slug it is named after. A case begins with "hit BASE": the slug
 * must come of it; or with "miss BASE VERDICT [REASON]" or "enough BASE VERDICT [REASON]": the slug
 * must not, but this. The edits that make it from captured/BASE.ev follow after a tab each.
 */
struct rule_case {
	char kind[8], base[48], verdict[16], reason[40];
};

static bool has_slug(const struct step_result *step, const char *slug)
{
	if (streq(reason_of(step), slug))
		return true;
	for (size_t i = 0; i < step->finding_count; i++)
		if (streq(step->findings[i].slug->name, slug))
			return true;
	return false;
}

static bool step_is_wanted(const struct step_result *step, const struct rule_case *wanted,
			   const struct slug *slug)
{
	if (!streq(wanted->kind, "hit"))
		return streq(step_verdict_names[step->verdict], wanted->verdict) &&
		       streq(reason_of(step), wanted->reason) && !has_slug(step, slug->name);
	/* What names the bug is always said first. */
	return has_slug(step, slug->name) &&
	       (slug->class == SLUG_BROKEN || streq(reason_of(step), slug->name)) &&
	       step->verdict == (slug->class == SLUG_INCONCLUSIVE ? STEP_INCONCLUSIVE : STEP_FAIL);
}

/* What the run comes to when its last step is this and the others were skipped. */
static bool run_agrees(const struct judged *judged)
{
	const struct step_result *step = last_step(judged);
	enum run_verdict verdict = judged->result.verdict;

	if (step->verdict == STEP_FAIL)
		return verdict == (step->reason->class == SLUG_BUG ? RUN_VULNERABLE : RUN_BROKEN);
	return step->verdict != STEP_INCONCLUSIVE || verdict == RUN_INCONCLUSIVE;
}

/* Returns the line after the case; *wrong is counted up when the judge says something else. */
static size_t check_case(const struct lines *file, size_t at, const struct slug *slug,
			 struct rule_case *wanted, unsigned int *wrong)
{
	_cleanup_lines_ struct lines lines = {0};
	const char *head = file->list[at];
	struct judged judged;

	*wanted = (struct rule_case){.reason = "-"};
	assert_true(sscanf(head, "%7s %47s %15s %39s", wanted->kind, wanted->base, wanted->verdict,
			   wanted->reason) >= (head[0] == 'h' ? 2 : 3));
	lines = golden_lines(wanted->base);
	for (at++; at < file->count && file->list[at][0] == '\t'; at++)
		golden_edit(&lines, file->list[at] + 1);
	judge_lines(&lines, &judged);
	if (!step_is_wanted(last_step(&judged), wanted, slug) || !run_agrees(&judged)) {
		print_error("%s, the case above line %zu, %s: %s (%s), run %s\n", slug->name,
			    at + 1, head, step_verdict_names[last_step(&judged)->verdict],
			    reason_of(last_step(&judged)),
			    run_verdict_names[judged.result.verdict]);
		++*wrong;
	}
	judged_free(&judged);
	return at;
}

/* A slug without its three kinds of golden evidence fails here. */
static unsigned int check_slug(const struct slug *slug)
{
	_cleanup_free_ char *path = NULL, *text = NULL;
	_cleanup_lines_ struct lines file = {0};
	unsigned int hits = 0, misses = 0, enough = 0, wrong = 0;

	assert_true(asprintf(&path, "rules/%s", slug->name) > 0);
	text = golden_text(path);
	file = lines_split(text);
	for (size_t at = 0; at < file.count;) {
		struct rule_case wanted;

		if (file.list[at][0] == '#' || file.list[at][0] == '\0') {
			at++;
			continue;
		}
		at = check_case(&file, at, slug, &wanted, &wrong);
		hits += streq(wanted.kind, "hit") ? 1 : 0;
		misses += streq(wanted.kind, "miss") ? 1 : 0;
		enough += streq(wanted.kind, "enough") ? 1 : 0;
	}
	if (!hits || !misses || !enough) {
		print_error("rules/%s: not all of hit, miss and enough\n", slug->name);
		wrong++;
	}
	return wrong;
}

static void check_class(enum slug_class class)
{
	const struct slug *slug;
	unsigned int seen = 0, wrong = 0;

	for (size_t i = 0; (slug = slug_at(i)); i++) {
		if (slug->class != class)
			continue;
		wrong += check_slug(slug);
		seen++;
	}
	assert_true(seen > 0);
	assert_int_equal(wrong, 0);
}

static void findings_that_name_the_bug(void **state)
{
	(void)state;
	check_class(SLUG_BUG);
}

static void other_failing_findings(void **state)
{
	(void)state;
	check_class(SLUG_BROKEN);
}

static void reasons_why_nothing_is_shown(void **state)
{
	(void)state;
	check_class(SLUG_INCONCLUSIVE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(captured_evidence),
		cmocka_unit_test(state_of_the_group),
		cmocka_unit_test(findings_that_name_the_bug),
		cmocka_unit_test(other_failing_findings),
		cmocka_unit_test(reasons_why_nothing_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
