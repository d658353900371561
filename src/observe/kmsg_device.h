/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where records come from and markers go to: /dev/kmsg, unless a test says otherwise. */
#ifndef OBSERVE_KMSG_DEVICE_H
#define OBSERVE_KMSG_DEVICE_H

#include <sys/types.h>

#include "base/attr.h"

struct kmsg_device {
	/* One record, as read(2): EAGAIN at the end of what there is, EPIPE when some were lost. */
	ssize_t (*read)(struct kmsg_device *device, char *buffer, size_t size_bytes);
	/* Writes a line as a user. Returns 0 or -errno. */
	int (*mark)(struct kmsg_device *device, const char *text);
	int fd; /* to wait for records; -1: none */
};

/* Opens the kernel's log at its end. Returns 0 or -errno; @device is valid either way. */
int kmsg_device_open(struct kmsg_device *device) _must_check_;

void kmsg_device_close(struct kmsg_device *device);

#endif
