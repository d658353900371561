/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of the host: kernel, IOMMUs, what a WARN would do. */
#ifndef SNAPSHOT_HOST_H
#define SNAPSHOT_HOST_H

#include "base/root.h"
#include "model/snapshot.h"

/*
 * Fills snapshot->host from uname(2) or proc/sys/kernel, proc/cmdline and sys/class/iommu; the
 * groups must have been read. Returns 0 or -ENOMEM. Reads root.
 */
int host_read(const struct root *root, struct snapshot *snapshot) _must_check_;

/* True when the kernel command line holds "noats" in a pci= option. Pure. */
bool host_cmdline_has_noats(const char *cmdline);

#endif
