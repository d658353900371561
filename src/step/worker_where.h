/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in the kernel a worker is that does not answer. */
#ifndef STEP_WORKER_WHERE_H
#define STEP_WORKER_WHERE_H

#include <stddef.h>

#include "base/root.h"

/*
 * "process 812, state D, wchan pci_dev_wait, stack pci_dev_wait < pcie_flr", from /proc/PID; a "?"
 * for what cannot be read. Reads root.
 */
void worker_where(const struct root *root, int pid, char *text, size_t size_bytes);

#endif
