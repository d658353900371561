// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded into iommu-resettest: a driver that does not let its interface be taken down. With
 * $KEEP_UP an errno that is what it answers; with 0 it says that it is down. Without it the driver
 * takes $KEEP_UP_SECONDS for that.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int take_down(int fd, void *argument)
{
	const char *error = getenv("KEEP_UP"), *seconds = getenv("KEEP_UP_SECONDS");

	if (!error) {
		sleep(seconds ? (unsigned int)atoi(seconds) : 0);
		return (int)syscall(SYS_ioctl, fd, SIOCSIFFLAGS, argument);
	}
	errno = atoi(error);
	return errno ? -1 : 0;
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (request == SIOCSIFFLAGS && !(((struct ifreq *)argument)->ifr_flags & IFF_UP))
		return take_down(fd, argument);
	return (int)syscall(SYS_ioctl, fd, request, argument);
}
