/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run at a time: a lock that dies with its owner. */
#ifndef CLI_LOCK_H
#define CLI_LOCK_H

#include "base/attr.h"

#define LOCK_PATH "/run/iommu-resettest.lock"

/* Returns a descriptor that holds the lock until it is closed, -EBUSY when another has it, or
 * -errno. */
int lock_take(void) _must_check_;

#endif
