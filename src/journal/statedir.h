/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The directory that keeps the journal, opened so that nobody but root can have a hand in it. */
#ifndef JOURNAL_STATEDIR_H
#define JOURNAL_STATEDIR_H

#include <stdbool.h>

#include "base/attr.h"
#include "model/evidence.h"

/*
 * Opens @path; with @create, makes what is missing of it (0700, parents 0755). No part may be a
 * symbolic link; each must be ours and not writable by others, parents may be with the sticky bit,
 * and the root directory is as it is.
 * Returns a descriptor the caller closes, -ENOENT when it is not there, or -errno with @why a
 * sentence that names the part at fault.
 */
int statedir_open(const char *path, bool create, char why[WHY_MAX]) _must_check_;

#endif
