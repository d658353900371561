/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PCI functions as sysfs shows them. */
#ifndef SNAPSHOT_SYSFS_H
#define SNAPSHOT_SYSFS_H

#include "base/root.h"
#include "model/snapshot.h"
#include "snapshot/parts.h"
#include "snapshot/pcilib.h"

/*
 * Adds every function of sys/bus/pci/devices, unsorted. cxl_port and sbr_masked are those of the
 * function itself, not yet of the bridge above. @parts are those of enum snapshot_part to read.
 * Returns 0, -ENOMEM, or -errno of the directory.
 */
int sysfs_read_functions(const struct root *root, struct pcilib *lib, unsigned int parts,
			 struct snapshot *snapshot) _must_check_;

#endif
