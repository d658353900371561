// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/judging.h"

#include <errno.h>

#include "base/strbuf.h"
#include "cli/problem.h"
#include "judge/drift_warn.h"
#include "judge/judge.h"

/* What must be held at once may not be larger: a line, and the steps that are kept. */
#define LINE_BYTES_MAX (1UL << 20)
#define HELD_BYTES_MAX (256UL << 20)

static const char *parse_problem(int error)
{
	switch (error) {
	case -EPROTO:
		return "this is no evidence file, as `run --save` writes them, or one of a version "
		       "this program cannot read";
	case -ENODATA:
		return "the file is not whole: lines are missing, or its end record does not fit; "
		       "copy "
		       "it again from where it was written";
	case -EBADMSG:
		return "a NUL byte, which no evidence has";
	case -EINVAL:
		return "malformed line";
	default:
		return strerror(-error);
	}
}

void judging_free(struct judging *judging)
{
	result_free(&judging->result);
	evidence_free(&judging->run);
}

static void tell_begin(struct judging *judging)
{
	if (judging->followers && !judging->begun)
		followers_run_begin(judging->followers, &judging->run, &judging->result.totals);
	judging->begun = true;
}

/* A round ends where a step of the next one comes. What the plan left out is in none. */
static void tell_round(struct judging *judging, const struct step_evidence *step)
{
	struct followers *followers = judging->followers;
	unsigned int round = step->round || step->skip_reason[0] ? step->round : 1;

	if (!followers || round <= followers->progress.round)
		return;
	if (followers->progress.round)
		followers_round_end(followers);
	followers_round_begin(followers, round);
}

static void tell_step(struct judging *judging, const struct step_evidence *step)
{
	struct step_heading heading = {
		.number = step->number,
		.scenario = step->scenario,
		.method = step->method,
		.function_count = step->subject_count,
	};

	if (!judging->followers)
		return;
	for (size_t i = 0; i < step->subject_count; i++)
		heading.functions[i] = step->subjects[i].function;
	if (!step->skip_reason[0])
		followers_step_begin(judging->followers, &heading);
	followers_step_end(judging->followers, &judging->run, step,
			   &judging->result.steps[judging->result.step_count - 1]);
}

static void tell_end(struct judging *judging)
{
	tell_begin(judging);
	if (judging->followers && judging->followers->progress.round)
		followers_round_end(judging->followers);
}

static int take_step(struct run_evidence *run, void *context)
{
	struct judging *judging = context;
	size_t count_before = run->step_count;
	const struct step_evidence *step = &run->steps[count_before - 1];
	int r;

	tell_begin(judging);
	tell_round(judging, step);
	r = judge_add(run, &judging->result);
	if (r == 0) {
		tell_step(judging, step);
		judge_trim(run, &judging->result);
	}
	if (run->step_count < count_before)
		judging->held_bytes -= judging->step_bytes;
	judging->step_bytes = 0;
	return r;
}

static int take_line(struct judging *judging, char *line, size_t length_bytes)
{
	judging->held_bytes += length_bytes + 1;
	judging->step_bytes += length_bytes + 1;
	if (judging->held_bytes > HELD_BYTES_MAX)
		return -EFBIG;
	if (memchr(line, '\0', length_bytes)) {
		judging->reader.line++;
		return -EBADMSG;
	}
	return evidence_reader_line(&judging->reader, line);
}

/* Cuts whole lines off the front of @text. */
static int take_lines(struct judging *judging, struct strbuf *text)
{
	char *at = text->text, *end = at + text->length_bytes, *newline;
	int r = 0;

	while (r == 0 && (newline = memchr(at, '\n', (size_t)(end - at)))) {
		*newline = '\0';
		r = take_line(judging, at, (size_t)(newline - at));
		at = newline + 1;
	}
	memmove(text->text, at, (size_t)(end - at));
	text->length_bytes = (size_t)(end - at);
	text->text[text->length_bytes] = '\0';
	return r == 0 && text->length_bytes > LINE_BYTES_MAX ? -EFBIG : r;
}

/* What is wrong from here on is wrong behind the last whole line. */
static int end_text(struct judging *judging, const struct strbuf *rest)
{
	bool nul = rest->length_bytes && memchr(rest->text, '\0', rest->length_bytes);
	int r = nul ? -EBADMSG
		    : evidence_reader_end(&judging->reader, rest->text ? rest->text : "");

	judging->reader.line++;
	return r;
}

static int judge_stream(FILE *in, struct judging *judging)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	static char block[1 << 16];
	size_t got;
	int r = 0;

	evidence_reader_init(&judging->reader, &judging->run, take_step, judging);
	while (r == 0 && (got = fread(block, 1, sizeof(block), in)) > 0) {
		strbuf_add(&text, block, got);
		r = text.error ? text.error : take_lines(judging, &text);
	}
	if (r == 0 && ferror(in))
		r = errno ? -errno : -EIO;
	if (r == 0)
		r = end_text(judging, &text);
	if (r < 0)
		return r;
	tell_end(judging);
	judge_end(&judging->run, &judging->result);
	return drift_warn(&judging->run, &judging->result.totals);
}

static int read_file(const char *path, struct judging *judging)
{
	_cleanup_fclose_ FILE *file = NULL;

	if (streq(path, "-"))
		return judge_stream(stdin, judging);
	file = fopen(path, "re");
	return file ? judge_stream(file, judging) : -errno;
}

/* What the text is to blame for is said with its line. */
static void word_problem(struct judging *judging, const char *path, int error)
{
	const char *name = streq(path, "-") ? "standard input" : path;

	if (error == -EPROTO || error == -ENODATA || error == -EINVAL || error == -EBADMSG)
		snprintf(judging->problem, sizeof(judging->problem), "%s:%zu: %s", name,
			 judging->reader.line, parse_problem(error));
	else
		snprintf(judging->problem, sizeof(judging->problem), "%s: %s%s", name,
			 strerror(-error), problem_advice(error));
}

int judging_read_stream(FILE *in, const char *path, struct judging *judging)
{
	int r = judge_stream(in, judging);

	if (r < 0)
		word_problem(judging, path, r);
	return r;
}

int judging_read(const char *path, struct judging *judging)
{
	int r = read_file(path, judging);

	if (r < 0)
		word_problem(judging, path, r);
	return r;
}
