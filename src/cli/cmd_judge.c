// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>

#include "base/attr.h"
#include "cli/answer.h"
#include "cli/cmd.h"
#include "cli/judging.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "cli/skip_exit.h"

struct options {
	const char *path;
	struct answer_options answer;
	int skip_exit;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->answer;
		state->child_inputs[1] = &options->skip_exit;
		return 0;
	case ARGP_KEY_ARG:
		if (options->path)
			cmd_fail(state, "'%s': one evidence file at a time; `report` takes several",
				 argument);
		options->path = argument;
		return 0;
	case ARGP_KEY_NO_ARGS:
		cmd_fail(state, "name the evidence file that `run --save` wrote, or - for "
				"standard input");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&answer_argp, 0, NULL, 0},
	{&skip_exit_argp, 0, NULL, 0},
	{0},
};

static const struct argp parser = {
	.parser = parse_option,
	.children = children,
	.args_doc = "FILE",
	.doc = "Judges again the evidence that `run --save` wrote, on any machine. Reads FILE, or "
	       "standard input for -, and nothing else.\v"
	       "Exit status: 0 fixed or not affected, 1 vulnerable or broken, 2 error, "
	       "4 inconclusive or skipped.",
};

static int judge(const char *name, const struct options *options)
{
	_cleanup_followers_ struct followers followers = {0};
	_cleanup_judging_ struct judging judging = {.followers = &followers};
	int status;

	if (answer_prepare(name, &options->answer,
			   streq(options->path, "-") ? NULL : options->path) != EXIT_GOOD)
		return EXIT_ERROR;
	if (answer_follow(name, &options->answer, false, &followers) != EXIT_GOOD)
		return EXIT_ERROR;
	if (judging_read(options->path, &judging) < 0) {
		problem_say(name, "%s", judging.problem);
		return EXIT_ERROR;
	}
	status = skip_exit_status(judging.result.verdict, options->skip_exit);
	status = answer_tell_end(name, &options->answer, &followers, &judging.run, &judging.result,
				 status);
	status = answer_write_run(name, &options->answer, &judging.run, &judging.result, status);
	return answer_finish(name, &options->answer, &followers, status);
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
