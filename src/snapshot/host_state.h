/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What state the machine is in: watchdogs, taint, lockdown, whether it is a whole machine. */
#ifndef SNAPSHOT_HOST_STATE_H
#define SNAPSHOT_HOST_STATE_H

#include "base/root.h"
#include "model/snapshot.h"

/*
 * Fills panic_*, warn_limit, hung_task_*, watchdog*, confidential and tainted* of @host, which
 * anybody may change at any time, from proc and sys. Returns 0 or -ENOMEM. Reads root.
 */
int host_settings_read(const struct root *root, struct host *host) _must_check_;

/*
 * The same, and container and guest, which need more files and stay as they are. Returns 0 or
 * -ENOMEM. Reads root.
 */
int host_state_read(const struct root *root, struct host *host) _must_check_;

#endif
