// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/writer.h"

#include <errno.h>
#include <fcntl.h>

int writer_open(const struct root *root, const char *path)
{
	return root_open_file(root, path, O_WRONLY);
}

int writer_write(int fd, const char *value)
{
	size_t length = strlen(value);
	ssize_t written;

	/* An empty list has to be written as a newline: sysfs ignores writes of nothing. */
	if (length == 0) {
		value = "\n";
		length = 1;
	}
	written = write(fd, value, length);
	if (written < 0)
		return -errno;
	return (size_t)written == length ? 0 : -EIO;
}
