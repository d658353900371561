// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/strbuf.h"
#include "cli/cmd.h"
#include "cli/parse.h"
#include "cli/skip_exit.h"
#include "judge/judge.h"
#include "model/evidence_text.h"
#include "render/json_run.h"
#include "render/run_text.h"

/* What must be held at once may not be larger: a line, and the steps that are kept. */
#define LINE_BYTES_MAX (1UL << 20)
#define HELD_BYTES_MAX (256UL << 20)

enum {
	OPTION_SKIP_EXIT = 256,
};

struct options {
	const char *path;
	bool json;
	int verbosity;
	int skip_exit;
};

static const struct argp_option option_table[] = {
	{"json", 'j', NULL, 0, "Print one JSON document", 0},
	{"quiet", 'q', NULL, 0, "Print the verdict alone", 0},
	{"verbose", 'v', NULL, 0, "Print the kernel log, counters and the whole trace too", 0},
	{"skip-exit", OPTION_SKIP_EXIT, "N", 0, "Exit with N instead of 4 when nothing was shown",
	 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case 'j':
		options->json = true;
		return 0;
	case 'q':
		options->verbosity = -1;
		return 0;
	case 'v':
		options->verbosity++;
		return 0;
	case OPTION_SKIP_EXIT:
		if (skip_exit_parse(argument, &options->skip_exit) < 0)
			cmd_fail(state,
				     "--skip-exit=%s: not an exit status from 0 to 255", argument);
		return 0;
	case ARGP_KEY_ARG:
		if (options->path)
			cmd_fail(state, "'%s': one evidence file at a time",
				     argument);
		options->path = argument;
		return 0;
	case ARGP_KEY_NO_ARGS:
		cmd_fail(state,
			     "name the evidence file that `run --save` wrote, or - for "
			     "standard input");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.args_doc = "FILE",
	.doc = "Judges again the evidence that `run --save` wrote, on any machine. Reads FILE, or "
	       "standard input for -, and nothing else.\v"
	       "Exit status: 0 fixed or not affected, 1 vulnerable or broken, 2 error, "
	       "4 inconclusive or skipped.",
};

static const char *parse_problem(int error)
{
	switch (error) {
	case -EPROTO:
		return "this is no evidence file, or one of a version this program cannot read";
	case -ENODATA:
		return "the file is not whole: lines are missing, or its end record does not fit";
	case -EBADMSG:
		return "a NUL byte, which no evidence has";
	case -EINVAL:
		return "malformed line";
	default:
		return strerror(-error);
	}
}

/* A file on its way through the reader to the judge. */
struct judging {
	struct evidence_reader reader;
	struct run_evidence run;
	struct run_result result;
	size_t held_bytes, step_bytes; /* of text: kept, and of it what no step has taken yet */
};

static void judging_free(struct judging *judging)
{
	result_free(&judging->result);
	evidence_free(&judging->run);
}

static int take_step(struct run_evidence *run, void *context)
{
	struct judging *judging = context;
	size_t count_before = run->step_count;
	int r = judge_take(run, &judging->result);

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
	if (r == 0)
		judge_end(&judging->run, &judging->result);
	return r;
}

static int judge_file(const char *path, struct judging *judging)
{
	_cleanup_fclose_ FILE *file = NULL;

	if (streq(path, "-"))
		return judge_stream(stdin, judging);
	file = fopen(path, "re");
	return file ? judge_stream(file, judging) : -errno;
}

/* What the text is to blame for is said with its line. */
static void complain(const char *name, const char *path, const struct judging *judging, int error)
{
	if (error == -EPROTO || error == -ENODATA || error == -EINVAL || error == -EBADMSG)
		fprintf(stderr, "%s: %s:%zu: %s\n", name, path, judging->reader.line,
			parse_problem(error));
	else
		fprintf(stderr, "%s: %s: %s\n", name, path, strerror(-error));
}

static int report(const struct options *options, const struct run_evidence *run,
		  const struct run_result *result, int exit_status)
{
	int r = options->json ? json_run_write(stdout, run, result, exit_status)
			      : run_text_write(stdout, run, result, options->verbosity);

	if (fflush(stdout) == EOF)
		return -errno;
	return r;
}

static int judge(const char *name, const struct options *options)
{
	const char *path = streq(options->path, "-") ? "standard input" : options->path;
	_cleanup_(judging_free) struct judging judging = {0};
	int exit_status;
	int r = judge_file(options->path, &judging);

	if (r < 0) {
		complain(name, path, &judging, r);
		return EXIT_ERROR;
	}
	exit_status = skip_exit_status(judging.result.verdict, options->skip_exit);
	r = report(options, &judging.run, &judging.result, exit_status);
	if (r < 0) {
		fprintf(stderr, "%s: writing the answer: %s\n", name, strerror(-r));
		return EXIT_ERROR;
	}
	return exit_status;
}

static int run_command(int argc, char **argv)
{
	struct options options = {.skip_exit = EXIT_SKIP};

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	return judge(argv[0], &options);
}

const struct cmd cmd_judge = {
	.name = "judge",
	.help = "judge saved evidence again, on any machine",
	.run = run_command,
};
