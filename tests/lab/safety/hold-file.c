// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hold-file FILE: opens a file, a block device for itself alone, says "held" and keeps it until
 * killed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: hold-file FILE\n");
		return 2;
	}
	if (open(argv[1], O_RDWR | O_EXCL) < 0) {
		perror(argv[1]);
		return 1;
	}
	puts("held");
	fflush(stdout);
	for (;;)
		pause();
}
