// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/parse.h"

#include <argp.h>
#include <stdarg.h>
#include <stdlib.h>

#include "cli/cmd.h"
#include "cli/known_options.h"
#include "cli/problem.h"

/* argp gives a parser no place of its own beside the command's input. */
static argp_parser_t command_parser;

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	/* getopt has said what is wrong; to this argp would write where to find help. */
	if (key == ARGP_KEY_INIT)
		state->err_stream = NULL;
	return command_parser(key, argument, state);
}

int cmd_parse(const struct argp *parser, int argc, char **argv, void *input)
{
	struct argp quiet = *parser;
	int error = known_options_check(parser, argc, argv);

	if (error)
		return error;
	command_parser = parser->parser;
	quiet.parser = parse_option;
	return argp_parse(&quiet, argc, argv, 0, NULL, input);
}

void cmd_fail(const struct argp_state *state, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	problem_say_list(state->name, format, args);
	va_end(args);
	exit(EXIT_ERROR);
}

const char *cmd_state_dir(const struct argp_state *state, const char *path)
{
	if (*path != '/')
		cmd_fail(state,
			 "--state-dir=%.40s: give an absolute path, such as " STATEDIR
			 ": a later recover must find it from any directory",
			 path);
	return path;
}
