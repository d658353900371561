/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files with results, in whatever of the tool's own forms they are. */
#ifndef CLI_RESULTS_H
#define CLI_RESULTS_H

#include "base/attr.h"
#include "model/fleet.h"

/*
 * Reads @path, or standard input for "-", or all files below a directory, but for those whose names
 * begin with a dot: JSON of `run`, `judge` or `check`, events, evidence. What cannot be read is an
 * unknown result with the reason. Returns 0, -ENOMEM, or for what @path itself could not be opened.
 */
int results_read(struct fleet *fleet, const char *path) _must_check_;

#endif
