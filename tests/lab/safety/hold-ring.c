// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: hold-ring FILE
 * Has FILE open in a ring of io_uring alone, without a descriptor, until it is killed; says "held"
 * when it has.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct io_uring_params params = {0};
	int file = argc == 2 ? open(argv[1], O_RDWR) : -1;
	long ring = syscall(SYS_io_uring_setup, 4, &params);

	if (file < 0 || ring < 0 ||
	    syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, &file, 1) < 0) {
		perror("hold-ring");
		return 1;
	}
	close(file);
	puts("held");
	fflush(stdout);
	for (;;)
		pause();
}
