/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A second look at a part of the machine, right before something is reset. */
#ifndef SNAPSHOT_AGAIN_H
#define SNAPSHOT_AGAIN_H

#include "base/root.h"
#include "model/snapshot.h"
#include "snapshot/openless.h"

/*
 * Looks again at drivers, at what is in use and at the settings of the host, when @then is some
 * time ago; the rest is copied from it into the zeroed @now. Only what a reset of @functions can
 * concern is true afterwards: they, their groups and their buses. Reads no configuration space,
 * which may block for as long as a reset that hangs. @openless: see opens_read(). Returns 0 or
 * -ENOMEM. The caller frees with snapshot_free() in every case. Reads root.
 */
int snapshot_look_again(const struct root *root, const struct snapshot *then,
			const struct function *const *functions, size_t count,
			struct openless *openless, struct snapshot *now) _must_check_;

#endif
