/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What plan and run are asked to do: selection, scenarios, and how far they may go. */
#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include <argp.h>

#include "model/filter.h"
#include "model/snapshot.h"
#include "plan/plan.h"

struct target {
	struct filter filter;
	struct plan_options plan; /* .filter is set by target_finish() */
	bool all;
};

#define TARGET_INIT                                                                                \
	{                                                                                          \
		.filter = FILTER_INIT                                                              \
	}

/*
 * An argp child whose input is a struct target. A malformed value ends the process with one line
 * on stderr and EXIT_ERROR.
 */
extern const struct argp target_argp;

/*
 * To be called once options are parsed: completes the plan's options. Returns EXIT_GOOD, or
 * EXIT_ERROR after one line on stderr when nothing, or everything and something, is selected.
 */
int target_finish(const char *name, struct target *target);

/*
 * Whether the snapshot has what was asked for. Returns EXIT_GOOD, or EXIT_ERROR after one line on
 * stderr.
 */
int target_check(const char *name, const struct target *target, const struct snapshot *snapshot);

#endif
