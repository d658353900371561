/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What state the machine is in: watchdogs, taint, lockdown, whether it is a whole machine. */
#ifndef SNAPSHOT_HOST_STATE_H
#define SNAPSHOT_HOST_STATE_H

#include "base/root.h"
#include "model/snapshot.h"

/*
 * Fills hung_task_*, watchdog*, container, guest, confidential and tainted* of @host from proc, sys
 * and run. Returns 0 or -ENOMEM. Reads root.
 */
int host_state_read(const struct root *root, struct host *host) _must_check_;

#endif
