/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All PCI functions of the machine, read by several threads. */
#ifndef SNAPSHOT_FUNCTIONS_H
#define SNAPSHOT_FUNCTIONS_H

#include "base/root.h"
#include "model/snapshot.h"

/*
 * Adds every function of sys/bus/pci/devices as sysfs_read_functions() reads them, and their names
 * if @parts has SNAPSHOT_NAMES. Returns 0, -ENOMEM, or -errno of the directory. Reads root.
 */
int functions_read(const struct root *root, unsigned int parts,
		   struct snapshot *snapshot) _must_check_;

#endif
