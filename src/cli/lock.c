// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>

int lock_take(void)
{
	_cleanup_close_ int fd = open(LOCK_PATH, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK ? -EBUSY : -errno;
	return TAKE_FD(fd);
}
