// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/rounds_argp.h"

#include "base/attr.h"
#include "base/timespan.h"
#include "cli/parse.h"

#define LOOPS_MAX 4000000000UL

enum {
	OPTION_LOOPS = 1024,
	OPTION_DURATION,
	OPTION_INTERVAL,
	OPTION_UNTIL_FAIL,
};

static const struct argp_option option_table[] = {
	{"loops", OPTION_LOOPS, "N", 0, "Run the whole plan N times", 0},
	{"duration", OPTION_DURATION, "TIME", 0,
	 "Run the plan again and again until so much time has passed: 90, 90s, 10m, 1h30m, 8h, 1d",
	 0},
	{"interval", OPTION_INTERVAL, "TIME", 0, "Wait so long between two rounds", 0},
	{"until-fail", OPTION_UNTIL_FAIL, NULL, 0,
	 "End at the first step that fails; alone, run the plan again and again until then", 0},
	{0},
};

static void parse_loops(struct rounds_options *rounds, const char *argument,
			struct argp_state *state)
{
	char *end;
	unsigned long loops = strtoul(argument, &end, 10);

	if (argument[0] < '0' || argument[0] > '9' || *end || loops == 0 || loops > LOOPS_MAX)
		cmd_fail(state, "--loops=%.40s: not a number from 1 to %lu", argument, LOOPS_MAX);
	else
		rounds->loops = (unsigned int)loops;
}

static void parse_timespan(uint64_t *out_ns, const char *option, const char *argument,
			   struct argp_state *state)
{
	if (timespan_parse(argument, out_ns) < 0 || *out_ns == 0)
		cmd_fail(state, "--%s=%.40s: not a time such as 90, 90s, 10m, 1h30m, 8h or 1d",
			 option, argument);
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct rounds_options *rounds = state->input;

	switch (key) {
	case OPTION_LOOPS:
		parse_loops(rounds, argument, state);
		return 0;
	case OPTION_DURATION:
		parse_timespan(&rounds->duration_ns, "duration", argument, state);
		return 0;
	case OPTION_INTERVAL:
		parse_timespan(&rounds->interval_ns, "interval", argument, state);
		return 0;
	case OPTION_UNTIL_FAIL:
		rounds->until_fail = true;
		return 0;
	case ARGP_KEY_END:
		if (rounds->interval_ns && !rounds_repeat(rounds))
			cmd_fail(state, "--interval needs --loops, --duration or --until-fail");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp rounds_argp = {.options = option_table, .parser = parse_option};
