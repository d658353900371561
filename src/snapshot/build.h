/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads the machine, or a captured tree, into a snapshot. */
#ifndef SNAPSHOT_BUILD_H
#define SNAPSHOT_BUILD_H

#include "base/root.h"
#include "model/snapshot.h"
#include "snapshot/parts.h"

/*
 * Fills the zeroed @snapshot from sys/bus/pci/devices, sys/kernel/iommu_groups, sys/class and proc
 * below @root. What cannot be read is unknown in the result and a sentence in its notes; what
 * cannot be told to be free counts as in use. Returns 0; -errno when the list of functions itself
 * cannot be read, or -ENOMEM. The caller frees with snapshot_free() in every case. Reads root.
 */
int snapshot_read(const struct root *root, struct snapshot *snapshot) _must_check_;

/* The same with only these parts, of enum snapshot_part; the rest is unknown. */
int snapshot_read_parts(const struct root *root, unsigned int parts,
			struct snapshot *snapshot) _must_check_;

/*
 * The same before something is reset: also looks for registers that are mapped without an open
 * file, and asks the kernel whether disks are held (probe_disks()).
 */
int snapshot_read_for_reset(const struct root *root, struct snapshot *snapshot) _must_check_;

#endif
