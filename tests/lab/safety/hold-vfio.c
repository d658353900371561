// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hold-vfio GROUP BDF: opens a device as a virtual machine monitor does, says "held" and keeps it
 * until it is killed.
 */
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int fail(const char *what)
{
	perror(what);
	return 1;
}

int main(int argc, char **argv)
{
	char path[64];
	int container, group;

	if (argc != 3) {
		fprintf(stderr, "usage: hold-vfio GROUP BDF\n");
		return 2;
	}
	snprintf(path, sizeof(path), "/dev/vfio/%.20s", argv[1]);
	container = open("/dev/vfio/vfio", O_RDWR);
	if (container < 0)
		return fail("/dev/vfio/vfio");
	group = open(path, O_RDWR);
	if (group < 0)
		return fail(path);
	if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container) < 0)
		return fail("VFIO_GROUP_SET_CONTAINER");
	if (ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1_IOMMU) < 0)
		return fail("VFIO_SET_IOMMU");
	if (ioctl(group, VFIO_GROUP_GET_DEVICE_FD, argv[2]) < 0)
		return fail("VFIO_GROUP_GET_DEVICE_FD");
	puts("held");
	fflush(stdout);
	for (;;)
		pause();
}
