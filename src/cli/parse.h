/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a command's arguments, with one line for what is wrong with them. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "base/attr.h"

struct argp;
struct argp_state;

/*
 * argp_parse() without what it would add to an error ("Try ..."). Returns 0, or an errno after a
 * line on stderr.
 */
int cmd_parse(const struct argp *parser, int argc, char **argv, void *input) _must_check_;

/* For parsers: says "COMMAND: ..." and ends the program with EXIT_ERROR. */
void cmd_fail(const struct argp_state *state, const char *format, ...) _printf_(2, 3)
	__attribute__((__noreturn__));

/*
 * The same for a --state-dir that is not absolute: it would be another one from another directory,
 * and a later recover would find nothing there. Returns @path.
 */
const char *cmd_state_dir(const struct argp_state *state, const char *path);

#endif
