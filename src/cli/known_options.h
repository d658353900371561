/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that a command does not have, told with what was meant and where to look. */
#ifndef CLI_KNOWN_OPTIONS_H
#define CLI_KNOWN_OPTIONS_H

#include "base/attr.h"

struct argp;

/*
 * Looks through the words as argp_parse() will. Returns 0, or EINVAL after a line on stderr that
 * begins with @argv[0]. What is ambiguous or lacks its argument is left to argp_parse().
 */
int known_options_check(const struct argp *parser, int argc, char **argv) _must_check_;

#endif
