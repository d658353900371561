/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that say how often the plan is run. */
#ifndef CLI_ROUNDS_ARGP_H
#define CLI_ROUNDS_ARGP_H

#include <argp.h>

#include "cli/rounds.h"

/*
 * An argp child whose input is a struct rounds_options. A malformed value ends the process with one
 * line on stderr and EXIT_ERROR.
 */
extern const struct argp rounds_argp;

#endif
