// SPDX-License-Identifier: GPL-2.0-or-later
/* hold-mapped FILE: maps a page of a file, closes it, says "held" and keeps the page until killed. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	void *page;
	int fd;

	if (argc != 2) {
		fprintf(stderr, "usage: hold-mapped FILE\n");
		return 2;
	}
	fd = open(argv[1], O_RDWR);
	if (fd < 0) {
		perror(argv[1]);
		return 1;
	}
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	close(fd);
	puts("held");
	fflush(stdout);
	for (;;)
		pause();
}
