/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files whose paths have parts that are not known beforehand. */
#ifndef SNAPSHOT_MATCH_H
#define SNAPSHOT_MATCH_H

#include "base/root.h"

/*
 * Calls @visit with each path that @pattern matches; it is one of fnmatch(3), part by part. What
 * is not there is none; what may be there, and is out of reach, is visited. Returns 0, what @visit
 * returned when that was not 0, -EMFILE, -ENFILE or -ENOMEM. Reads root.
 */
int match_each(const struct root *root, const char *pattern,
	       int (*visit)(const char *path, void *arg), void *arg) _must_check_;

#endif
