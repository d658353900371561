/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run at a time: a lock that dies with its owner and with the workers that still reset for it,
 * which inherit it on purpose.
 */
#ifndef CLI_LOCK_H
#define CLI_LOCK_H

#include "base/attr.h"
#include "base/root.h"

#define LOCK_DIR "/run"
#define LOCK_PATH "/run/iommu-resettest.lock"

/*
 * Takes the lock. When a dead run's reset holds it, waits for that and says so on stderr. Returns a
 * descriptor that holds it until it is closed, or -1 after one line on stderr.
 */
int lock_take(const char *name, const struct root *root) _must_check_;

#endif
