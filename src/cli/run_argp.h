/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `run` is asked to do. */
#ifndef CLI_RUN_ARGP_H
#define CLI_RUN_ARGP_H

#include <argp.h>

#include "cli/answer.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/rounds.h"
#include "cli/target.h"
#include "step/step.h"

/* The texts are borrowed from the command line. */
struct run_options {
	struct target target;
	struct step_options step;
	struct rounds_options rounds;
	const char *save; /* NULL: nowhere */
	const char *state_dir;
	bool resume;
	bool syslog;
	enum live_wanted progress;
	struct answer_options answer;
	int skip_exit; /* exit status where nothing could be shown */
};

#define RUN_OPTIONS_INIT                                                                           \
	{                                                                                          \
		.target = TARGET_INIT, .skip_exit = EXIT_SKIP, .state_dir = STATEDIR               \
	}

/*
 * Its input is a struct run_options. A malformed value ends the process with one line on stderr
 * and EXIT_ERROR.
 */
extern const struct argp run_argp;

#endif
