/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Disks that the kernel itself hands on to others. */
#ifndef SNAPSHOT_EXPORTS_H
#define SNAPSHOT_EXPORTS_H

#include "snapshot/blocks.h"

/*
 * Notes at the devices that a service of the kernel exports them (NVMe and SCSI targets, USB
 * gadgets, RNBD, Xen, the heartbeat of OCFS2): such a service need not hold a disk exclusively, so
 * that neither holders nor an exclusive open tell of it. Returns 0 or -ENOMEM. Reads root.
 */
int exports_apply(const struct root *root, struct blocks *blocks) _must_check_;

#endif
