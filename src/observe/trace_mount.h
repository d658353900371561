/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where tracefs is, mounted by us when nobody else has. */
#ifndef OBSERVE_TRACE_MOUNT_H
#define OBSERVE_TRACE_MOUNT_H

#include <stdbool.h>

#include "base/attr.h"

#define TRACE_MOUNT_POINT "/sys/kernel/tracing"

/* Whether tracefs is mounted nowhere. */
bool trace_mount_missing(void);

/*
 * Finds tracefs in /proc/self/mounts, else, if it @may, mounts it at TRACE_MOUNT_POINT; tells
 * libtracefs. *mounted: it was us. Returns 0 or -errno.
 */
int trace_mount(bool may, bool *mounted) _must_check_;

/*
 * Undoes our mount; users that came meanwhile keep what they have open. Returns 0, also when there
 * is none, or -errno.
 */
int trace_unmount(void);

#endif
