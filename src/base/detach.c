// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/detach.h"

#include <dirent.h>
#include <fcntl.h>

#include "base/attr.h"

/* Where /proc is missing; what lies beyond was never handed down by a shell. */
#define DESCRIPTORS_GUESSED 256

static void let_go(int fd, int null)
{
	int flags = fcntl(fd, F_GETFD);

	if (flags < 0 || (flags & FD_CLOEXEC))
		return;
	if (fd > STDERR_FILENO || null < 0 || dup2(null, fd) < 0)
		close(fd);
}

void process_detach(void)
{
	_cleanup_close_ int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *entry;

	(void)setsid();
	(void)!chdir("/");
	if (!dir) {
		for (int fd = 0; fd < DESCRIPTORS_GUESSED; fd++)
			let_go(fd, null);
		return;
	}
	/* The directory's own is close-on-exec. */
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			let_go((int)strtol(entry->d_name, NULL, 10), null);
	closedir(dir);
}
