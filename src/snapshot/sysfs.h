/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PCI functions as sysfs shows them. */
#ifndef SNAPSHOT_SYSFS_H
#define SNAPSHOT_SYSFS_H

#include "base/root.h"
#include "model/snapshot.h"
#include "snapshot/parts.h"

#define SYSFS_FUNCTIONS "sys/bus/pci/devices"

/*
 * Adds those functions of SYSFS_FUNCTIONS, open as @devices_fd, that have these @names. cxl_port
 * and sbr_masked are those of the function itself, not yet of the bridge above. @parts are those of
 * enum snapshot_part to read, without the names. Keeps no state: calls for different snapshots may
 * run at the same time. Returns 0 or -errno.
 */
int sysfs_read_functions(const struct root *root, int devices_fd, char *const *names, size_t count,
			 unsigned int parts, struct snapshot *snapshot) _must_check_;

#endif
