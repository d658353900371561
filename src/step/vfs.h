/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The VFs of a step's subjects, which a reset of their PF takes down with it. */
#ifndef STEP_VFS_H
#define STEP_VFS_H

#include "model/snapshot.h"
#include "step/execution.h"

/* Adds the VFs that @snapshot knows of subject @index. Returns 0 or -ENOMEM. */
int vfs_add(struct execution *x, const struct snapshot *snapshot, size_t index) _must_check_;

/*
 * Looks at all of them. Returns 0, or -ESTALE with x->failed set when one has got a driver since
 * the machine was looked at. Reads root.
 */
int vfs_look_before(struct execution *x) _must_check_;

/*
 * The same after the resets that have returned; waits a little for VFs that do not answer yet.
 * Reads root.
 */
void vfs_look_after(struct execution *x);

#endif
