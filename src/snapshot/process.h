/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walking the processes below proc. */
#ifndef SNAPSHOT_PROCESS_H
#define SNAPSHOT_PROCESS_H

#include <stdbool.h>

#include "base/root.h"

/*
 * Calls @visit with the name of each process's directory, "proc/PID", until it returns not 0, and
 * returns that. Returns -errno when proc cannot be listed, else 0. Reads root.
 */
int process_for_each(const struct root *root, int (*visit)(const char *directory, void *arg),
		     void *arg) _must_check_;

/*
 * Whether process 1 is known to have another root directory: we are in a container or below a
 * chroot. Reads root.
 */
bool process_is_confined(const struct root *root);

#endif
