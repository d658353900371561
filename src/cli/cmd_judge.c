// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/strbuf.h"
#include "cli/cmd.h"
#include "cli/skip_exit.h"
#include "judge/judge.h"
#include "model/evidence_text.h"
#include "render/json_run.h"
#include "render/run_text.h"

#define INPUT_BYTES_MAX (256UL << 20)

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
			argp_failure(state, EXIT_ERROR, 0,
				     "--skip-exit=%s: not an exit status from 0 to 255", argument);
		return 0;
	case ARGP_KEY_ARG:
		if (options->path)
			argp_failure(state, EXIT_ERROR, 0, "'%s': one evidence file at a time",
				     argument);
		options->path = argument;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_failure(state, EXIT_ERROR, 0,
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

static int read_stream(FILE *in, struct strbuf *text)
{
	static char block[1 << 16];
	size_t got;

	do {
		got = fread(block, 1, sizeof(block), in);
		if (text->length_bytes + got > INPUT_BYTES_MAX)
			return -EFBIG;
		strbuf_add(text, block, got);
	} while (got && !text->error);
	if (ferror(in))
		return errno ? -errno : -EIO;
	return text->error;
}

static int read_file(const char *path, struct strbuf *text)
{
	_cleanup_fclose_ FILE *file = NULL;

	if (streq(path, "-"))
		return read_stream(stdin, text);
	file = fopen(path, "re");
	return file ? read_stream(file, text) : -errno;
}

static const char *parse_problem(int error)
{
	switch (error) {
	case -EPROTO:
		return "this is no evidence file, or one of a version this program cannot read";
	case -ENODATA:
		return "the file is not whole: its end record is missing or does not fit";
	case -EINVAL:
		return "malformed line";
	default:
		return strerror(-error);
	}
}

static int parse(const char *name, const char *path, const struct strbuf *text,
		 struct run_evidence *run)
{
	const char *content = text->text ? text->text : "";
	size_t line = 1;
	int r = evidence_parse(content, run, &line);

	if (r == 0 && strlen(content) == text->length_bytes)
		return 0;
	/* What follows a NUL byte was not looked at. */
	if (r == 0 || r == -ENODATA)
		fprintf(stderr, "%s: %s:%zu: %s\n", name, path, line,
			strlen(content) < text->length_bytes ? "a NUL byte, which no evidence has"
							     : parse_problem(-ENODATA));
	else
		fprintf(stderr, "%s: %s:%zu: %s\n", name, path, line, parse_problem(r));
	return r < 0 ? r : -EINVAL;
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
	_cleanup_strbuf_ struct strbuf text = {0};
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};
	int exit_status;
	int r = read_file(options->path, &text);

	if (r < 0) {
		fprintf(stderr, "%s: %s: %s\n", name, path, strerror(-r));
		return EXIT_ERROR;
	}
	if (parse(name, path, &text, &run) < 0)
		return EXIT_ERROR;
	r = judge_run(&run, &result);
	if (r < 0) {
		fprintf(stderr, "%s: %s: %s\n", name, path, strerror(-r));
		return EXIT_ERROR;
	}
	exit_status = skip_exit_status(result.verdict, options->skip_exit);
	r = report(options, &run, &result, exit_status);
	if (r < 0) {
		fprintf(stderr, "%s: writing the answer: %s\n", name, strerror(-r));
		return EXIT_ERROR;
	}
	return exit_status;
}

static int run_command(int argc, char **argv)
{
	struct options options = {.skip_exit = EXIT_SKIP};

	if (argp_parse(&parser, argc, argv, 0, NULL, &options))
		return EXIT_ERROR;
	return judge(argv[0], &options);
}

const struct cmd cmd_judge = {
	.name = "judge",
	.help = "judge saved evidence again, on any machine",
	.run = run_command,
};
