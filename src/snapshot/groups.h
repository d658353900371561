/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IOMMU groups as sysfs shows them. */
#ifndef SNAPSHOT_GROUPS_H
#define SNAPSHOT_GROUPS_H

#include "base/root.h"
#include "model/snapshot.h"

/* Adds the groups of sys/kernel/iommu_groups. Returns 0 or -ENOMEM. Reads root. */
int groups_read(const struct root *root, struct snapshot *snapshot) _must_check_;

/*
 * Adds those that only a function names, and sorts functions and groups. Returns 0 or -ENOMEM.
 */
int groups_complete(struct snapshot *snapshot) _must_check_;

#endif
