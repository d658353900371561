// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/write_all.h"

#include <errno.h>
#include <unistd.h>

int write_all(int fd, const char *text, size_t length_bytes)
{
	while (length_bytes) {
		ssize_t written = write(fd, text, length_bytes);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		if (written == 0)
			return -EIO;
		text += written;
		length_bytes -= (size_t)written;
	}
	return 0;
}
