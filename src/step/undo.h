/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Puts back what a run that died had changed. */
#ifndef STEP_UNDO_H
#define STEP_UNDO_H

#include "base/root.h"
#include "journal/journal.h"
#include "model/recovery.h"
#include "model/snapshot.h"

/* Whether a program has an interface of @function. Returns 1, 0 or -errno. Reads root. */
typedef int (*listened_fn)(const struct root *root, const char *function);

/*
 * Undoes @changes from the last to the first, reads each back, and marks in @journal (NULL: none
 * can be written) those that need nothing more. @snapshot is of now: a function in use is left
 * alone unless it was so before; @listened is asked before an interface is taken down. Each change
 * adds an item to @recovery. May be repeated. Returns 0 or -ENOMEM. Writes hardware.
 */
int undo_changes(const struct root *root, const struct snapshot *snapshot, listened_fn listened,
		 const struct change *changes, size_t count, struct journal *journal,
		 struct recovery *recovery) _must_check_;

#endif
