/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens block devices, and finds the disk of a function to do so. */
#ifndef SNAPSHOT_DISK_H
#define SNAPSHOT_DISK_H

#include "base/root.h"
#include "snapshot/blocks.h"

/*
 * Opens the device's node for reading, with more @flags, for itself alone. The node is looked at
 * before it is opened for good: opening a device that is not the one meant may have effects.
 * Returns a descriptor the caller closes; -EBUSY: somebody has it; -ENODEV: the node is another's;
 * or -errno. Reads root.
 */
int disk_open_node(const struct root *root, const struct block *block, int flags) _must_check_;

/*
 * Opens the first whole disk that is reached through @function alone and can be had, past the
 * cache. @name becomes the one looked at last, or stays. Returns as above, -ENODEV: it has none.
 * Reads root.
 */
int disk_open(const struct root *root, const char *function, char *name,
	      size_t size_bytes) _must_check_;

/*
 * Opens all whole disks that hang off @function, each for itself alone; what has no node, or
 * nothing behind it, is left out. *fds must be NULL; the caller closes what is in it and frees it.
 * Returns how many there are; -EBUSY: somebody has one; or -errno: one cannot be told to be
 * nobody's. Reads root.
 */
int disks_claim(const struct root *root, const char *function, int **fds) _must_check_;

#endif
