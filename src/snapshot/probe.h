/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks the kernel itself whether somebody holds a disk. */
#ifndef SNAPSHOT_PROBE_H
#define SNAPSHOT_PROBE_H

#include "base/root.h"
#include "model/snapshot.h"

/*
 * Opens each block device of the live machine that hangs off a function and is not known to be in
 * use (on @only, when it is not NULL): exclusively, for reading, and closes it again. What is busy,
 * or cannot be asked, becomes a use. This finds holders that neither proc nor sysfs tells of: file
 * systems that were detached while in use, external journals, users inside the kernel. Does nothing
 * for a captured tree or without root. Returns 0 or -ENOMEM. Reads root.
 */
int probe_disks(const struct root *root, struct snapshot *snapshot,
		const struct function *only) _must_check_;

#endif
