/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The selection options that list, plan and run share. */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include <argp.h>

#include "model/filter.h"

/*
 * Options -s, -d, -g, -m and functions named as arguments. A command takes it as an argp child
 * whose input is a struct filter, and leaves ARGP_KEY_ARG to it. A malformed value ends the
 * process with one line on stderr and EXIT_ERROR.
 */
extern const struct argp select_argp;

/*
 * Says on stderr, in one line after @name, which named function or method does not exist. Returns
 * EXIT_GOOD or EXIT_ERROR.
 */
int select_check(const char *name, const struct filter *filter, const struct snapshot *snapshot);

#endif
