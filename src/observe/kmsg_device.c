// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/kmsg_device.h"

#include <errno.h>
#include <fcntl.h>

#include "observe/kmsg.h"

#define LINE_BYTES_MAX 1024 /* PRINTKRB_RECORD_MAX: the kernel refuses more */

static ssize_t read_kernel(struct kmsg_device *device, char *buffer, size_t size_bytes)
{
	return read(device->fd, buffer, size_bytes);
}

/* Each descriptor may write 10 records in 5 seconds (printk.devkmsg=ratelimit): take a new one. */
static int mark_kernel(struct kmsg_device *device, const char *text)
{
	_cleanup_close_ int fd = open(KMSG_PATH, O_WRONLY | O_CLOEXEC);
	char line[LINE_BYTES_MAX];
	int length = snprintf(line, sizeof(line), "<6>%s\n", text);
	ssize_t written;

	(void)device;
	if (fd < 0)
		return -errno;
	if (length >= LINE_BYTES_MAX)
		return -EMSGSIZE;
	written = write(fd, line, (size_t)length);
	if (written < 0)
		return -errno;
	return written == length ? 0 : -EIO;
}

int kmsg_device_open(struct kmsg_device *device)
{
	*device = (struct kmsg_device){.read = read_kernel, .mark = mark_kernel};
	device->fd = open(KMSG_PATH, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return device->fd >= 0 && lseek(device->fd, 0, SEEK_END) >= 0 ? 0 : -errno;
}

void kmsg_device_close(struct kmsg_device *device)
{
	if (device->fd >= 0)
		close(device->fd);
	device->fd = -1;
}
