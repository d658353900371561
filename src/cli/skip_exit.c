// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/skip_exit.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "cli/cmd.h"
#include "cli/parse.h"

enum {
	OPTION_SKIP_EXIT = 5120,
};

static const struct argp_option option_table[] = {
	{"skip-exit", OPTION_SKIP_EXIT, "N", 0, "Exit with N instead of 4 when nothing was shown",
	 0},
	{0},
};

static void parse_status(const char *argument, int *status, const struct argp_state *state)
{
	char *end = NULL;
	long number = 0;

	errno = 0;
	if (isdigit((unsigned char)argument[0]))
		number = strtol(argument, &end, 10);
	if (!end || *end || errno || number > 255)
		cmd_fail(state, "--skip-exit=%.40s: not an exit status from 0 to 255", argument);
	*status = (int)number;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	switch (key) {
	case OPTION_SKIP_EXIT:
		parse_status(argument, state->input, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp skip_exit_argp = {.options = option_table, .parser = parse_option};

int skip_exit_status(enum run_verdict verdict, int skip_exit)
{
	int status = run_verdict_exit_status(verdict);

	return status == EXIT_SKIP ? skip_exit : status;
}
