/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only place that writes to devices: reset and reset_method below /sys/bus/pci/devices. */
#ifndef STEP_WRITER_H
#define STEP_WRITER_H

#include "base/attr.h"
#include "base/root.h"

/* Opens a planned path for writing. Returns a descriptor the caller closes, or -errno. */
int writer_open(const struct root *root, const char *path) _must_check_;

/*
 * Writes @value in one write(2), as sysfs wants it. Sleeps uninterruptibly as long as the kernel
 * needs, for a reset up to minutes. Returns 0, -EIO for a short write, or -errno. Writes hardware.
 */
int writer_write(int fd, const char *value) _must_check_;

#endif
