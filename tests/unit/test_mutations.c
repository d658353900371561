// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Each captured evidence, broken in each of the ways in mutations.c: the judge must notice. Besides
 * what a mutation asks for, none makes evidence of the bug or of a failure a good answer, and none
 * makes evidence of a kernel that works a vulnerable one unless it forges a refused prepare.
 * Every mutant goes through the text of an evidence file, and what was read is written again.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <fnmatch.h>

#include "golden_edit.h"
#include "judge/judge.h"
#include "model/evidence_text.h"
#include "mutations.h"

/*
 * Of the places that an edit fits, each is tried. A sanitizer makes that take minutes, and looks
 * for something else: there it is one of so many.
 */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 16
#else
#define STRIDE 1
#endif

struct golden {
	char name[64];
	enum golden_kind kind;
	struct lines lines;
	struct lines counted; /* as they are after an edit that changes nothing */
	struct lines written; /* .. and after a change that does not */
	struct run_evidence run;
	struct run_result result;
	size_t executed; /* steps that were not skipped */
};

struct catch
{
	unsigned int tried, caught;
};

static bool is_good(const struct run_result *result)
{
	return run_verdict_exit_status(result->verdict) == 0;
}

static bool has_glob(const struct lines *lines, const char *glob)
{
	for (size_t i = 0; i < lines->count; i++)
		if (fnmatch(glob, lines->list[i], 0) == 0)
			return true;
	return false;
}

static enum golden_kind kind_of(const struct golden *golden)
{
	bool passed = false;

	for (size_t i = 0; i < golden->result.step_count; i++)
		passed |= golden->result.steps[i].verdict == STEP_PASS;
	switch (golden->result.verdict) {
	case RUN_VULNERABLE:
		return GOLDEN_BUG;
	case RUN_BROKEN:
		return GOLDEN_BROKEN;
	default:
		if (!passed)
			return GOLDEN_NOTHING;
		return golden->result.static_verdict == STATIC_NOT_AFFECTED ? GOLDEN_UNAFFECTED
									    : GOLDEN_PASS;
	}
}

static struct lines write_lines(const struct run_evidence *run)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	evidence_write(&text, run);
	assert_int_equal(text.error, 0);
	return lines_split(text.text);
}

static void golden_read(struct golden *golden, const char *file)
{
	snprintf(golden->name, sizeof(golden->name), "%.*s", (int)(strlen(file) - strlen(".ev")),
		 file);
	golden->lines = golden_lines(golden->name);
	golden->counted = lines_copy(&golden->lines);
	lines_retime(&golden->counted);
	lines_count(&golden->counted);
	assert_int_equal(lines_parse(&golden->lines, &golden->run), 0);
	golden->written = write_lines(&golden->run);
	assert_int_equal(judge_run(&golden->run, &golden->result), 0);
	golden->kind = kind_of(golden);
	for (size_t i = 0; i < golden->run.step_count; i++)
		golden->executed += golden->run.steps[i].skip_reason[0] ? 0 : 1;
}

static void golden_clear(struct golden *golden)
{
	result_free(&golden->result);
	evidence_free(&golden->run);
	lines_clear(&golden->lines);
	lines_clear(&golden->counted);
	lines_clear(&golden->written);
}

/* The text with each $N and $V replaced; the caller frees it. */
static char *fill_in(const char *text, unsigned long number, const char *value, size_t value_length)
{
	char *made = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&made, &length);

	assert_non_null(stream);
	for (; *text; text++) {
		if (starts_with(text, "$N"))
			fprintf(stream, "%lu", number);
		else if (starts_with(text, "$V"))
			fwrite(value, 1, value_length, stream);
		else
			fputc(*text, stream);
		text += starts_with(text, "$N") || starts_with(text, "$V") ? 1 : 0;
	}
	assert_int_equal(fclose(stream), 0);
	return made;
}

/* One word of @wanted after the other; false after the last. */
static bool next_word(const char **at, char word[48])
{
	size_t length;

	*at += strspn(*at, " ");
	length = strcspn(*at, " ");
	snprintf(word, 48, "%.*s", (int)length, *at);
	*at += length;
	return length > 0;
}

static bool step_has_slug(const struct step_result *step, const char *slug)
{
	if (step->verdict == STEP_PASS)
		return false;
	for (size_t i = 0; i < step->finding_count; i++)
		if (streq(step->findings[i].slug->name, slug))
			return true;
	return step->reason && streq(step->reason->name, slug);
}

static bool is_same(const struct run_result *a, const struct run_result *b)
{
	bool same = a->verdict == b->verdict && a->step_count == b->step_count;

	for (size_t i = 0; same && i < a->step_count; i++)
		same = a->steps[i].verdict == b->steps[i].verdict &&
		       a->steps[i].reason == b->steps[i].reason;
	return same;
}

/* A mutant and where it was changed: a step, or -1 for the file or the run. */
struct mutant {
	const struct mutation *mutation;
	const struct golden *golden;
	struct run_evidence run;
	struct run_result result;
	bool readable;
	long step;
	const char *line; /* the first that differs */
};

static bool word_is_true(const struct mutant *mutant, const char *word)
{
	if (streq(word, "unreadable"))
		return !mutant->readable;
	if (!mutant->readable)
		return false;
	if (streq(word, "same"))
		return is_same(&mutant->golden->result, &mutant->result);
	if (starts_with(word, "run:"))
		return streq(run_verdict_names[mutant->result.verdict], word + strlen("run:"));
	/* A name that no slug has is a mistake in the table. */
	assert_non_null(slug_find(word));
	return mutant->step >= 0 && step_has_slug(&mutant->result.steps[mutant->step], word);
}

static bool wants(const struct mutation *mutation, const char *wanted)
{
	const char *at = mutation->wanted ? mutation->wanted : "";
	char word[48];

	while (next_word(&at, word)) {
		const struct slug *slug = slug_find(word);

		if (streq(word, wanted) ||
		    (streq(wanted, "run:vulnerable") && slug && slug->class == SLUG_BUG))
			return true;
	}
	return false;
}

static bool wish_comes_true(const struct mutant *mutant)
{
	const char *at = mutant->mutation->wanted;
	char word[48];

	if (!at)
		return mutant->step >= 0 && mutant->result.steps[mutant->step].verdict != STEP_PASS;
	while (next_word(&at, word))
		if (word_is_true(mutant, word))
			return true;
	return false;
}

static bool is_caught(const struct mutant *mutant)
{
	const struct golden *golden = mutant->golden;
	const struct mutation *mutation = mutant->mutation;

	if ((mutation->of & golden->kind) && !wish_comes_true(mutant))
		return false;
	if (!mutant->readable)
		return true;
	if (golden->kind & (GOLDEN_PASS | GOLDEN_UNAFFECTED)) {
		/* Another step may still pass in its own right. */
		if (is_good(&mutant->result) && golden->executed == 1 && !wants(mutation, "same"))
			return false;
		return mutant->result.verdict != RUN_VULNERABLE ||
		       wants(mutation, "run:vulnerable");
	}
	return !is_good(&mutant->result);
}

/* What is written must read as it was judged. */
static void check_round_trip(const struct mutant *mutant)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};
	size_t line;

	evidence_write(&text, &mutant->run);
	assert_int_equal(text.error, 0);
	assert_int_equal(evidence_parse(text.text, &run, &line), 0);
	assert_int_equal(judge_run(&run, &result), 0);
	assert_true(is_same(&result, &mutant->result));
}

static void judge_mutant(struct mutant *mutant, const struct lines *lines, struct catch *tally)
{
	const char *said = "unreadable", *reason = "";

	mutant->readable = lines_parse(lines, &mutant->run) == 0;
	if (mutant->readable) {
		assert_int_equal(judge_run(&mutant->run, &mutant->result), 0);
		check_round_trip(mutant);
		said = run_verdict_names[mutant->result.verdict];
	}
	tally->tried++;
	if (is_caught(mutant)) {
		tally->caught++;
	} else {
		if (mutant->readable && mutant->step >= 0 &&
		    mutant->result.steps[mutant->step].reason)
			reason = mutant->result.steps[mutant->step].reason->name;
		print_error("%s: %s: %s %s, wanted: %s\n  %s\n", mutant->golden->name,
			    mutant->mutation->name, said, reason,
			    mutant->mutation->wanted ? mutant->mutation->wanted : "no pass",
			    mutant->line);
	}
	result_free(&mutant->result);
	evidence_free(&mutant->run);
}

/* Whether the step is one that the mutation is about. */
static bool concerns(const struct mutation *mutation, const struct golden *golden, long step)
{
	if (!(golden->kind & (GOLDEN_PASS | GOLDEN_UNAFFECTED)))
		return true;
	if (step < 0)
		return !mutation->scenario;
	if (mutation->scenario &&
	    !strstr(mutation->scenario, scenario_names[golden->run.steps[step].scenario]))
		return false;
	return mutation->raw || wants(mutation, "unreadable") ||
	       golden->result.steps[step].verdict == STEP_PASS;
}

/* The step that the line is part of, -1 above the first. */
static long step_of(const struct lines *lines, size_t at)
{
	long step = -1;

	for (size_t i = 0; i <= at && i < lines->count; i++)
		step += starts_with(lines->list[i], "step ") ? 1 : 0;
	return step;
}

static void try_lines(struct mutant *mutant, const struct lines *before, const struct lines *after,
		      struct catch *tally)
{
	size_t at = lines_first_difference(before, after);

	/* It was so before. */
	if (at == after->count && at == before->count)
		return;
	mutant->line = at < after->count ? after->list[at] : "(end)";
	mutant->step = step_of(after, at);
	if (concerns(mutant->mutation, mutant->golden, mutant->step))
		judge_mutant(mutant, after, tally);
}

/* Returns false when an edit cannot be made. */
static bool try_edits(const struct mutation *mutation, const struct golden *golden,
		      unsigned long number, const char *value, struct catch *tally)
{
	_cleanup_lines_ struct lines lines = lines_copy(&golden->lines);
	struct mutant mutant = {.mutation = mutation, .golden = golden};

	for (size_t i = 0; i < MUTATION_EDITS_MAX && mutation->edits[i]; i++) {
		_cleanup_free_ char *edit =
			fill_in(mutation->edits[i], number, value, strcspn(value, "|"));

		if (!golden_try_edit(&lines, edit))
			return false;
	}
	if (!mutation->raw) {
		lines_retime(&lines);
		lines_count(&lines);
	}
	try_lines(&mutant, mutation->raw ? &golden->lines : &golden->counted, &lines, tally);
	return true;
}

static bool counts(const struct mutation *mutation)
{
	for (size_t i = 0; i < MUTATION_EDITS_MAX && mutation->edits[i]; i++)
		if (strstr(mutation->edits[i], "$N"))
			return true;
	return false;
}

static void edit_everywhere(const struct mutation *mutation, const struct golden *golden,
			    struct catch *tally)
{
	const char *value = mutation->values ? mutation->values : "";

	for (;; value++) {
		unsigned long number = 1;

		while (try_edits(mutation, golden, number, value, tally) && counts(mutation))
			number += STRIDE;
		value += strcspn(value, "|");
		if (!*value)
			return;
	}
}

/* Returns false past the last subject. */
static bool try_change(const struct mutation *mutation, const struct golden *golden, size_t *skip,
		       struct catch *tally)
{
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_lines_ struct lines lines = {0};
	struct mutant mutant = {.mutation = mutation, .golden = golden};
	size_t seen = 0;

	assert_int_equal(lines_parse(&golden->lines, &run), 0);
	for (size_t i = 0; i < run.step_count; i++)
		for (size_t j = 0; j < run.steps[i].subject_count; j++) {
			if (seen++ < *skip)
				continue;
			++*skip;
			if (!concerns(mutation, golden, (long)i) ||
			    !mutation->change(&run.steps[i], &run.steps[i].subjects[j]))
				return true;
			lines = write_lines(&run);
			try_lines(&mutant, &golden->written, &lines, tally);
			return true;
		}
	return false;
}

static void change_everywhere(const struct mutation *mutation, const struct golden *golden,
			      struct catch *tally)
{
	size_t skip = 0;

	while (try_change(mutation, golden, &skip, tally))
		;
}

static struct golden *read_all(size_t *count)
{
	DIR *dir = opendir(GOLDEN_DIR "/captured");
	struct golden *all = NULL;
	const struct dirent *entry;

	assert_non_null(dir);
	*count = 0;
	while ((entry = readdir(dir))) {
		const char *end = strrchr(entry->d_name, '.');

		if (!end || !streq(end, ".ev"))
			continue;
		all = reallocarray(all, *count + 1, sizeof(*all));
		assert_non_null(all);
		all[*count] = (struct golden){0};
		golden_read(&all[(*count)++], entry->d_name);
	}
	closedir(dir);
	return all;
}

static void every_mutation_is_caught(void **state)
{
	struct catch total = {0};
	size_t count;
	struct golden *all = read_all(&count);
	unsigned int idle = 0;

	(void)state;
	for (size_t i = 0; i < mutation_count; i++) {
		const struct mutation *mutation = &mutations[i];
		struct catch tally = {0};

		for (size_t j = 0; j < count; j++) {
			if (mutation->needs && !has_glob(&all[j].lines, mutation->needs))
				continue;
			/* Of the others nothing is wanted but to stay what they are. */
			if ((all[j].kind & (GOLDEN_PASS | GOLDEN_UNAFFECTED)) &&
			    !(mutation->of & all[j].kind))
				continue;
			if (mutation->change)
				change_everywhere(mutation, &all[j], &tally);
			else
				edit_everywhere(mutation, &all[j], &tally);
		}
		print_message("# %-42s tried: %5u  caught: %5u\n", mutation->name, tally.tried,
			      tally.caught);
		idle += tally.tried == 0 ? 1 : 0;
		total.tried += tally.tried;
		total.caught += tally.caught;
	}
	print_message("# %zu mutations of %zu files of evidence tried: %u  caught: %u\n",
		      mutation_count, count, total.tried, total.caught);
	for (size_t j = 0; j < count; j++)
		golden_clear(&all[j]);
	free(all);
	/* One that fits no file would show nothing. */
	assert_int_equal(idle, 0);
	assert_int_equal(total.caught, total.tried);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mutation_is_caught),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
