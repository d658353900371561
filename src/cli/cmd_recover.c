// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <stdbool.h>

#include "base/root.h"
#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/problem.h"
#include "cli/parse.h"
#include "cli/lock.h"
#include "cli/past.h"
#include "cli/signals.h"
#include "render/recover.h"
#include "snapshot/build.h"

enum {
	OPTION_STATE_DIR = 256,
	OPTION_FORGET,
};

struct options {
	struct appearance appearance;
	const char *state_dir;
	bool json;
	bool forget;
};

static const struct argp_option option_table[] = {
	{"json", 'j', NULL, 0, "Print one JSON document", 0},
	{"state-dir", OPTION_STATE_DIR, "DIR", 0, "Where the journal is (default: " STATEDIR ")",
	 0},
	{"forget", OPTION_FORGET, NULL, 0,
	 "Forget during which resets the host went down: the next run tries them again", 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		return 0;
	case 'j':
		options->json = true;
		return 0;
	case OPTION_STATE_DIR:
		options->state_dir = cmd_state_dir(state, argument);
		return 0;
	case OPTION_FORGET:
		options->forget = true;
		return 0;
	case ARGP_KEY_ARG:
		cmd_fail(state, "'%.40s': recover takes no such argument", argument);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.children = appearance_children,
	.doc = "Puts back what a run changed that did not live to do so: reset methods, drivers, "
	       "trace instance and probes. May be repeated. Also tells during which reset the "
	       "host went down. Needs root.\v"
	       "Exit status: 0 all is as it was, 1 something could not be put back, 2 error.",
};

static int report(const char *name, const struct options *options, const struct host *host,
		  const struct past *past, bool damaged)
{
	const struct text_style style = appearance_style(&options->appearance, STDOUT_FILENO);
	int status =
		damaged || recovery_count(&past->recovery, RECOVERY_FAILED) ? EXIT_BAD : EXIT_GOOD;
	int r = options->json
			? json_recover_write(stdout, host, &past->recovery, options->forget, status)
			: recover_text_write(stdout, &style, &past->recovery, options->forget);

	if (r < 0) {
		return problem(name, "writing the answer", r);
	}
	return signals_caught() ? 128 + signals_caught() : status;
}

static int recover(const char *name, const struct options *options, const struct root *root)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	_cleanup_past_ struct past past = PAST_INIT;
	bool damaged;
	int r;

	if (past_read(name, root, options->state_dir, &past) != EXIT_GOOD)
		return EXIT_ERROR;
	/* What another boot changed is no more, whatever the journal said of it. */
	damaged = past.same_boot && past.state.damaged_count > 0;
	r = snapshot_read(root, &snapshot);
	if (r < 0)
		return problem(name, "reading the machine", r);
	signals_catch();
	r = past_undo(root, &snapshot, &past);
	if (r < 0)
		return problem(name, "recovering", r);
	r = options->forget ? past_forget(&past) : 0;
	if (r < 0)
		return problem(name, "the journal", r);
	return report(name, options, &snapshot.host, &past, damaged);
}

static int run_command(int argc, char **argv)
{
	struct options options = {.state_dir = STATEDIR};
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_lock_ struct lock lock = LOCK_INIT;
	int r;

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	if (geteuid() != 0) {
		fprintf(stderr, "%s: putting things back needs root; run it with sudo\n", argv[0]);
		return EXIT_ERROR;
	}
	r = root_open(&root, NULL);
	if (r < 0)
		return problem(argv[0], "/", r);
	return lock_take(argv[0], &root, &lock) < 0 ? EXIT_ERROR
						    : recover(argv[0], &options, &root);
}

const struct cmd cmd_recover = {
	.name = "recover",
	.help = "put back what an interrupted run changed",
	.run = run_command,
};
