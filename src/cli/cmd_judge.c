// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/attr.h"
#include "cli/cmd.h"
#include "cli/judging.h"
#include "cli/parse.h"
#include "cli/skip_exit.h"
#include "render/json_run.h"
#include "render/run_text.h"

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
	_cleanup_judging_ struct judging judging = {0};
	int exit_status;
	int r = judging_read(options->path, &judging);

	if (r < 0) {
		fprintf(stderr, "%s: %s\n", name, judging.problem);
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
