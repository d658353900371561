// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/run_argp.h"

#include "cli/parse.h"
#include "cli/rounds_argp.h"
#include "cli/skip_exit.h"

#define TIMEOUT_MAX_S 86400

enum {
	OPTION_SAVE = 256,
	OPTION_TIMEOUT,
	OPTION_ON_HANG,
	OPTION_RESUME,
	OPTION_STATE_DIR,
	OPTION_SYSLOG,
	OPTION_PROGRESS,
};

static const struct argp_option option_table[] = {
	{"save", OPTION_SAVE, "FILE", 0, "Write all evidence to FILE, for `judge`", 0},
	{"timeout", OPTION_TIMEOUT, "SECONDS", 0,
	 "Count a reset as hung after so long (default: 75, more where a device may take more)", 0},
	{"on-hang", OPTION_ON_HANG, "stop|continue", 0,
	 "When a reset hangs, end the run (default) or go on behind other bridges", 0},
	{"resume", OPTION_RESUME, NULL, 0,
	 "Leave out what the run before completed before it was interrupted", 0},
	{"syslog", OPTION_SYSLOG, NULL, 0, "Tell the system's log of each step and of the verdict",
	 0},
	{"state-dir", OPTION_STATE_DIR, "DIR", 0, "Where the journal is (default: " STATEDIR ")",
	 0},
	{"progress", OPTION_PROGRESS, "FORM", 0,
	 "Show on standard error how the run comes along: auto (default), live, lines or none", 0},
	{0},
};

static void parse_timeout(struct run_options *options, const char *argument,
			  struct argp_state *state)
{
	char *end;
	unsigned long seconds = strtoul(argument, &end, 10);

	if (argument[0] < '0' || argument[0] > '9' || *end || seconds == 0 ||
	    seconds > TIMEOUT_MAX_S)
		cmd_fail(state, "--timeout=%.40s: not a number of seconds from 1 to %d", argument,
			 TIMEOUT_MAX_S);
	else
		options->step.timeout_s = (unsigned int)seconds;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct run_options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->target;
		state->child_inputs[1] = &options->rounds;
		state->child_inputs[2] = &options->answer;
		state->child_inputs[3] = &options->skip_exit;
		return 0;
	case OPTION_SAVE:
		options->save = argument;
		return 0;
	case OPTION_TIMEOUT:
		parse_timeout(options, argument, state);
		return 0;
	case OPTION_ON_HANG:
		if (!streq(argument, "stop") && !streq(argument, "continue"))
			cmd_fail(state, "--on-hang=%.40s: neither stop nor continue", argument);
		options->step.on_hang_continue = streq(argument, "continue");
		return 0;
	case OPTION_SYSLOG:
		options->syslog = true;
		return 0;
	case OPTION_RESUME:
		options->resume = true;
		return 0;
	case ARGP_KEY_END:
		/* What is resumed is what a plan lacks, once. */
		if (options->resume && rounds_repeat(&options->rounds))
			cmd_fail(state, "--resume and --loops, --duration or --until-fail exclude "
					"each other: finish that run first");
		return 0;
	case OPTION_STATE_DIR:
		options->state_dir = cmd_state_dir(state, argument);
		return 0;
	case OPTION_PROGRESS:
		if (live_parse(argument, &options->progress) < 0)
			cmd_fail(state, "--progress=%.40s: give auto, live, lines or none",
				 argument);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&target_argp, 0, "What to reset:", 1},
	{&rounds_argp, 0, "How often:", 2},
	{&answer_argp, 0, NULL, 0},
	{&skip_exit_argp, 0, NULL, 0},
	{0},
};

const struct argp run_argp = {
	.options = option_table,
	.parser = parse_option,
	.children = children,
	.args_doc = "[FUNCTION...]",
	.doc = "Resets the selected functions in every way that can show whether nested resets "
	       "work, observes the kernel meanwhile, and judges. What is in use is refused; "
	       "`plan` shows beforehand what would be done. Needs root.\v"
	       "Exit status: 0 fixed or not affected, 1 vulnerable or broken, 2 error, "
	       "4 inconclusive or skipped, 128+N ended by signal N.",
};
