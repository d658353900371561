// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Evidence read and judged step by step: the verdict is that of the whole, a file whose writer was
 * killed is never a pass, and memory does not grow with the number of rounds.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <malloc.h>

#include "golden.h"
#include "judge/judge.h"
#include "model/evidence_text.h"

/* Evidence on its way through the reader to the judge. */
struct stream {
	struct evidence_reader reader;
	struct run_evidence run;
	struct run_result result;
};

static int take(struct run_evidence *run, void *context)
{
	return judge_take(run, context);
}

static void stream_begin(struct stream *stream)
{
	*stream = (struct stream){0};
	evidence_reader_init(&stream->reader, &stream->run, take, &stream->result);
}

/* Feeds the whole lines of @text, which is changed; *rest is what is left. */
static int stream_feed(struct stream *stream, char *text, char **rest)
{
	char *end;
	int r = 0;

	for (; r == 0 && (end = strchr(text, '\n')); text = end + 1) {
		*end = '\0';
		r = evidence_reader_line(&stream->reader, text);
	}
	*rest = text;
	return r;
}

static int stream_text(struct stream *stream, const char *text)
{
	_cleanup_free_ char *copy = strdup(text);
	char *rest;
	int r;

	assert_non_null(copy);
	stream_begin(stream);
	r = stream_feed(stream, copy, &rest);
	if (r == 0)
		r = evidence_reader_end(&stream->reader, rest);
	if (r == 0)
		judge_end(&stream->run, &stream->result);
	return r;
}

static void stream_free(struct stream *stream)
{
	result_free(&stream->result);
	evidence_free(&stream->run);
}

#define _cleanup_stream_ _cleanup_(stream_free)

static char *text_of(const struct run_evidence *run)
{
	struct strbuf out = {0};
	char *text = NULL;

	evidence_write(&out, run);
	assert_int_equal(strbuf_take(&out, &text), 0);
	return text;
}

static void same_results(const struct run_result *a, const struct run_result *b)
{
	assert_int_equal(a->verdict, b->verdict);
	assert_int_equal(a->static_verdict, b->static_verdict);
	assert_int_equal(a->contradiction, b->contradiction);
	assert_string_equal(a->summary, b->summary);
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		assert_int_equal(a->totals.counts[i], b->totals.counts[i]);
	assert_int_equal(a->step_count, b->step_count);
	for (size_t i = 0; i < a->step_count; i++) {
		assert_int_equal(a->steps[i].verdict, b->steps[i].verdict);
		assert_ptr_equal(a->steps[i].reason, b->steps[i].reason);
		assert_string_equal(a->steps[i].text, b->steps[i].text);
		assert_int_equal(a->steps[i].finding_count, b->steps[i].finding_count);
	}
}

/* As it was captured, and as this version writes it. */
static void check_equality(const char *path)
{
	_cleanup_free_ char *text = golden_text(path), *again = NULL;
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result whole = {0};
	_cleanup_stream_ struct stream old = {0}, new = {0};
	size_t line;

	assert_int_equal(evidence_parse(text, &run, &line), 0);
	assert_int_equal(judge_run(&run, &whole), 0);
	again = text_of(&run);
	assert_int_equal(stream_text(&old, text), 0);
	assert_int_equal(stream_text(&new, again), 0);
	assert_false(old.run.cut || new.run.cut);
	same_results(&whole, &old.result);
	same_results(&whole, &new.result);
}

/*
 * A file cut at @length: nothing at all, or the steps that are whole. Returns whether it was
 * judged.
 */
static bool check_cut(const char *text, size_t length, const struct run_result *whole)
{
	_cleanup_free_ char *cut = strndup(text, length);
	_cleanup_stream_ struct stream stream = {0};
	int r = stream_text(&stream, cut);

	if (r < 0) {
		assert_true(r == -ENODATA || r == -EPROTO);
		return false;
	}
	assert_true(stream.run.cut);
	assert_true(run_verdict_exit_status(stream.result.verdict) != 0);
	assert_true(stream.result.step_count <= whole->step_count);
	for (size_t i = 0; i < stream.result.step_count; i++)
		assert_int_equal(stream.result.steps[i].verdict, whole->steps[i].verdict);
	if (stream.result.tally.bugs)
		assert_int_equal(stream.result.verdict, RUN_VULNERABLE);
	else if (stream.result.tally.broken)
		assert_int_equal(stream.result.verdict, RUN_BROKEN);
	else
		assert_int_equal(stream.result.verdict, RUN_INCONCLUSIVE);
	return true;
}

/* Behind each line and in the middle of each. */
static size_t check_cuts(const char *path)
{
	_cleanup_free_ char *captured = golden_text(path), *text = NULL;
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result whole = {0};
	size_t line, judged = 0, end;

	assert_int_equal(evidence_parse(captured, &run, &line), 0);
	assert_int_equal(judge_run(&run, &whole), 0);
	text = text_of(&run);
	for (size_t at = 0; text[at]; at = end) {
		end = at + strcspn(text + at, "\n") + 1;
		judged += check_cut(text, at, &whole);
		judged += check_cut(text, (at + end) / 2, &whole);
	}
	return judged;
}

static size_t for_each_golden(void (*check)(const char *path, size_t *count), size_t *count)
{
	DIR *dir = opendir(GOLDEN_DIR "/captured");
	const struct dirent *entry;
	size_t files = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char path[300];

		if (!strstr(entry->d_name, ".ev"))
			continue;
		snprintf(path, sizeof(path), "captured/%s", entry->d_name);
		check(path, count);
		files++;
	}
	closedir(dir);
	return files;
}

static void equality_of_one(const char *path, size_t *count)
{
	check_equality(path);
	++*count;
}

static void cuts_of_one(const char *path, size_t *count)
{
	*count += check_cuts(path);
}

static void the_verdict_of_the_whole(void **state)
{
	size_t checked = 0;

	(void)state;
	assert_true(for_each_golden(equality_of_one, &checked) > 30);
	print_message("# evidence files whose verdict is the same in a stream: %zu\n", checked);
}

static void cut_anywhere(void **state)
{
	size_t judged = 0;

	(void)state;
	for_each_golden(cuts_of_one, &judged);
	assert_true(judged > 1000);
	print_message("# cut files that were judged, none of them a pass: %zu\n", judged);
}

/* A line lost in the middle is no cut. */
static void a_hole(void **state)
{
	_cleanup_free_ char *captured = golden_text("captured/7.3.4-cxl.ev"), *text = NULL;
	_cleanup_evidence_ struct run_evidence run = {0};
	size_t line, length, holes = 0;

	(void)state;
	assert_int_equal(evidence_parse(captured, &run, &line), 0);
	text = text_of(&run);
	length = strlen(text);
	for (size_t at = 0; at < length;) {
		size_t line_bytes = strcspn(text + at, "\n") + 1;
		_cleanup_free_ char *without = strdup(text);
		_cleanup_stream_ struct stream stream = {0};
		int r;

		memmove(without + at, text + at + line_bytes, length - at - line_bytes + 1);
		r = stream_text(&stream, without);
		assert_true(r < 0 || run_verdict_exit_status(stream.result.verdict) != 0);
		holes += r < 0;
		at += line_bytes;
	}
	assert_true(holes > 50);
}

/* What the head says decides how steps are judged, so it cannot come after them. */
static void a_late_head(void **state)
{
	_cleanup_free_ char *text = golden_text("captured/7.3.4-cxl.ev");
	char *end = strstr(text, "\nend ");
	_cleanup_free_ char *late = NULL;
	_cleanup_stream_ struct stream stream = {0};

	(void)state;
	assert_non_null(end);
	assert_true(asprintf(&late, "%.*s\nfact name=prepare_done value=no%s", (int)(end - text),
			     text, end) > 0);
	assert_int_equal(stream_text(&stream, late), -EINVAL);
}

/* A run of many rounds, made of the steps of a captured one. @text is all of it. */
struct synthesis {
	struct run_evidence run;
	struct strbuf text;
	bool keeps_text;
	struct evidence_writer writer;
	struct stream stream;
};

static void feed(struct synthesis *s, struct strbuf *text)
{
	char *rest;

	assert_int_equal(text->error, 0);
	if (s->keeps_text)
		strbuf_add(&s->text, text->text, text->length_bytes);
	assert_int_equal(stream_feed(&s->stream, text->text, &rest), 0);
	assert_string_equal(rest, "");
	strbuf_reset(text);
}

static void synthesis_begin(struct synthesis *s, const char *path)
{
	_cleanup_free_ char *captured = golden_text(path);
	_cleanup_strbuf_ struct strbuf text = {0};
	size_t line;

	*s = (struct synthesis){0};
	assert_int_equal(evidence_parse(captured, &s->run, &line), 0);
	stream_begin(&s->stream);
	evidence_write_head(&s->writer, &text, &s->run);
	feed(s, &text);
}

static void number_step(struct step_evidence *step, unsigned int number, unsigned int round)
{
	step->number = number;
	step->round = round;
	for (size_t i = 0; i < step->trace_count; i++)
		if (step->trace[i].kind == TRACE_MARK_BEGIN ||
		    step->trace[i].kind == TRACE_MARK_END)
			step->trace[i].value = (int)number;
}

/* The steps from index @first on, in rounds @begin to @end - 1. */
static void synthesis_rounds(struct synthesis *s, size_t first, unsigned int begin,
			     unsigned int end)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	for (unsigned int round = begin; round < end; round++)
		for (size_t i = first; i < s->run.step_count; i++) {
			number_step(&s->run.steps[i], s->writer.steps + 1, round);
			evidence_write_step(&s->writer, &text, &s->run, &s->run.steps[i]);
			feed(s, &text);
		}
}

static void synthesis_end(struct synthesis *s)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	evidence_write_end(&s->writer, &text, &s->run);
	feed(s, &text);
	assert_int_equal(evidence_reader_end(&s->stream.reader, ""), 0);
	judge_end(&s->stream.run, &s->stream.result);
}

static void synthesis_free(struct synthesis *s)
{
	stream_free(&s->stream);
	evidence_free(&s->run);
	strbuf_free(&s->text);
}

static const struct series *series_of(const struct totals *totals, enum scenario scenario)
{
	for (size_t i = 0; i < totals->series_count; i++)
		if (totals->series[i].scenario == scenario && totals->series[i].latency.count)
			return &totals->series[i];
	fail_msg("no such series");
	return NULL;
}

static void passing_rounds(void **state)
{
	_cleanup_(synthesis_free) struct synthesis s;
	const struct totals *totals = &s.stream.result.totals;
	const struct series *nested;

	(void)state;
	synthesis_begin(&s, "captured/7.3.4-cxl.ev");
	synthesis_rounds(&s, 0, 1, 51);
	synthesis_end(&s);
	assert_int_equal(s.stream.result.verdict, RUN_FIXED);
	assert_int_equal(totals->rounds, 50);
	assert_int_equal(totals_steps(totals), 50 * s.run.step_count);
	nested = series_of(totals, SCENARIO_NESTED);
	assert_int_equal(nested->counts[STEP_PASS], 50);
	assert_int_equal(nested->latency.count, 50);
	assert_true(nested->latency.min_ns > 100000000);
	/* What passed is in the totals alone. */
	for (size_t i = 0; i < s.stream.result.step_count; i++)
		assert_int_equal(s.stream.result.steps[i].verdict, STEP_SKIP);
	/* But for the first of each series, which is there to be shown. */
	assert_int_equal(s.stream.run.example_count, 1);
	assert_int_equal(s.stream.result.example_count, 1);
	assert_int_equal(s.stream.result.examples[0].verdict, STEP_PASS);
	assert_int_equal(s.stream.run.examples[0].round, 1);
	assert_true(s.stream.run.examples[0].trace_count > 0);
}

/* One round in fifty fails: the run does, and the first few failures are there whole. */
static void failing_rounds(void **state)
{
	_cleanup_(synthesis_free) struct synthesis s;
	struct step_evidence *step;
	size_t kept = 0;

	(void)state;
	synthesis_begin(&s, "captured/7.3.4-cxl.ev");
	synthesis_rounds(&s, 0, 1, 50);
	step = &s.run.steps[s.run.step_count - 1];
	step->subjects[0].present_after = false;
	synthesis_rounds(&s, 0, 50, 60);
	step->subjects[0].present_after = true;
	synthesis_rounds(&s, 0, 60, 100);
	synthesis_end(&s);
	assert_int_equal(s.stream.result.verdict, RUN_BROKEN);
	assert_int_equal(s.stream.result.tally.broken, 10);
	for (size_t i = 0; i < s.stream.result.step_count; i++) {
		if (s.stream.result.steps[i].verdict != STEP_FAIL)
			continue;
		kept++;
		assert_string_equal(s.stream.result.steps[i].reason->name, "device-lost");
		assert_int_equal(s.stream.run.steps[i].round, 49 + kept);
		assert_true(s.stream.run.steps[i].trace_count > 0);
	}
	assert_int_equal(kept, 3);
}

#define ROUNDS 12
#define OTHER "0000:02:00.0"

/* A fault of @function, which is known by its number alone, in the last step. */
static void add_guess(struct run_evidence *run)
{
	char text[] = "virtio_iommu virtio0: page fault from EP 512 at 0x1000 [R]", device[] = "";
	struct step_evidence *step = &run->steps[run->step_count - 1];
	struct log_record record = {.sequence = step->log_state.begin_sequence + 1,
				    .level = 3,
				    .text = text,
				    .device = device};

	assert_int_equal(step_add_log(step, &record), 0);
}

/* The steps that are kept of all rounds are not all that is known. */
static void check_guesses(struct synthesis *s, uint64_t inconclusive)
{
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result whole = {0};
	const struct totals *totals = &s->stream.result.totals;
	size_t line;

	assert_int_equal(totals->rounds, ROUNDS);
	assert_int_equal(totals->counts[STEP_INCONCLUSIVE], inconclusive);
	assert_int_equal(s->text.error, 0);
	assert_int_equal(evidence_parse(s->text.text, &run, &line), 0);
	assert_int_equal(judge_run(&run, &whole), 0);
	assert_int_equal(s->stream.result.verdict, whole.verdict);
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		assert_int_equal(totals->counts[i], whole.totals.counts[i]);
}

/* What the head names is known in all rounds, whether the steps that name it are kept or not. */
static void guesses_of_what_is_known(void **state)
{
	_cleanup_(synthesis_free) struct synthesis s = {0};
	_cleanup_strbuf_ struct strbuf text = {0};
	_cleanup_free_ char *captured = golden_text("captured/7.3.4-cxl.ev");
	size_t line;

	(void)state;
	assert_int_equal(evidence_parse(captured, &s.run, &line), 0);
	assert_int_equal(known_add(&s.run.known, OTHER), 0);
	add_guess(&s.run);
	s.keeps_text = true;
	stream_begin(&s.stream);
	evidence_write_head(&s.writer, &text, &s.run);
	feed(&s, &text);
	synthesis_rounds(&s, 0, 1, ROUNDS + 1);
	synthesis_end(&s);
	assert_int_equal(s.stream.result.verdict, RUN_FIXED);
	check_guesses(&s, 0);
}

/* The same steps, of another function. */
static void rename_function(char *text, const char *from, const char *to)
{
	assert_int_equal(strlen(from), strlen(to));
	for (char *at = text; (at = strstr(at, from)); at++)
		for (size_t i = 0; to[i]; i++)
			at[i] = to[i];
}

/*
 * Files of older versions name nothing in their head: what a step names is known from there on, in
 * the rounds after it as well, where that step is no longer kept.
 */
static void guesses_of_what_a_step_named(void **state)
{
	_cleanup_(synthesis_free) struct synthesis s;
	_cleanup_evidence_ struct run_evidence other = {0};
	_cleanup_free_ char *captured = golden_text("captured/7.3.4-single-flr.ev");
	_cleanup_strbuf_ struct strbuf text = {0};
	size_t line;

	(void)state;
	synthesis_begin(&s, "captured/7.3.4-single-flr.ev");
	add_guess(&s.run);
	rename_function(captured, "0000:01:00.0", OTHER);
	assert_int_equal(evidence_parse(captured, &other, &line), 0);
	assert_int_equal(other.step_count, 1);
	for (unsigned int round = 1; round <= ROUNDS; round++) {
		synthesis_rounds(&s, 0, round, round + 1);
		number_step(&other.steps[0], s.writer.steps + 1, round);
		evidence_write_step(&s.writer, &text, &s.run, &other.steps[0]);
		feed(&s, &text);
	}
	synthesis_end(&s);
	assert_int_equal(s.stream.result.totals.counts[STEP_INCONCLUSIVE], 1);
	assert_int_equal(s.stream.result.totals.counts[STEP_PASS], 2 * ROUNDS - 1);
}

size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t allocated_bytes(void)
{
	if (__sanitizer_get_current_allocated_bytes)
		return __sanitizer_get_current_allocated_bytes();
	return mallinfo2().uordblks;
}

/* Config space is most of the text, and in this nothing new. */
static void drop_config(struct run_evidence *run)
{
	for (size_t i = 0; i < run->step_count; i++)
		for (size_t j = 0; j < run->steps[i].subject_count; j++) {
			struct subject *subject = &run->steps[i].subjects[j];

			free(subject->before);
			free(subject->after);
			subject->before = subject->after = NULL;
		}
}

/* Each round has a step that fails. */
static void flat_memory(void **state)
{
	_cleanup_(synthesis_free) struct synthesis s;
	size_t first_bytes, last_bytes;
	unsigned int rounds;

	(void)state;
	synthesis_begin(&s, "captured/7.0.4-cxl.ev");
	drop_config(&s.run);
	synthesis_rounds(&s, 0, 1, 2);
	rounds = 1000 / (unsigned int)s.run.step_count;
	synthesis_rounds(&s, 0, 2, rounds);
	first_bytes = allocated_bytes();
	synthesis_rounds(&s, 0, rounds, 30 * rounds + 1);
	last_bytes = allocated_bytes();
	synthesis_end(&s);
	assert_true(s.writer.steps >= 29000);
	assert_int_equal(s.stream.result.verdict, RUN_VULNERABLE);
	print_message("# memory after %u steps: %zu bytes, after 1000: %zu, ratio %.4f\n",
		      s.writer.steps, last_bytes, first_bytes,
		      (double)last_bytes / (double)first_bytes);
	/* What malloc() keeps at hand counts as well. */
	assert_true(last_bytes <= first_bytes + first_bytes / 10);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_verdict_of_the_whole),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(a_hole),
		cmocka_unit_test(a_late_head),
		cmocka_unit_test(passing_rounds),
		cmocka_unit_test(failing_rounds),
		cmocka_unit_test(guesses_of_what_is_known),
		cmocka_unit_test(guesses_of_what_a_step_named),
		cmocka_unit_test(flat_memory),
	};

	return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}
