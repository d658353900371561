/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that a livepatch has replaced: the kernel's structures, which it cannot change, no
 * longer tell what resets do. Source: Documentation/ABI/testing/sysfs-kernel-livepatch.
 */
#ifndef KERNEL_LIVEPATCH_H
#define KERNEL_LIVEPATCH_H

#include <stddef.h>

#include "base/root.h"

/*
 * Looks for a replaced function of the kernel proper that resets may run through. Stores its name,
 * cut short to @size_bytes, and returns true when there is one.
 */
bool livepatch_replaces_reset(const struct root *root, char *name, size_t size_bytes);

#endif
