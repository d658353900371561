// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: bare-resets COUNT METHOD FUNCTION...
 * Makes so many rounds of the writes that a run of the tool makes, and nothing else: selects the method,
 * resets, puts the list of methods back. Prints how many milliseconds it took.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LIST_MAX 256

static void die(const char *what)
{
	fprintf(stderr, "bare-resets: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int attribute_open(const char *function, const char *name, int flags)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", function, name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		die(path);
	return fd;
}

static void attribute_write(const char *function, const char *name, const char *text, size_t length)
{
	int fd = attribute_open(function, name, O_WRONLY);

	if (write(fd, text, length) != (ssize_t)length)
		die(name);
	close(fd);
}

static void reset(const char *function, const char *method)
{
	char list[LIST_MAX];
	int fd = attribute_open(function, "reset_method", O_RDONLY);
	ssize_t length = read(fd, list, sizeof(list));

	if (length <= 0)
		die("reset_method");
	close(fd);
	attribute_write(function, "reset_method", method, strlen(method));
	attribute_write(function, "reset", "1", 1);
	attribute_write(function, "reset_method", list, (size_t)length);
}

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int main(int argc, char **argv)
{
	uint64_t begin_ms = now_ms();

	if (argc < 4)
		return 2;
	for (int round = atoi(argv[1]); round > 0; round--)
		for (int i = 3; i < argc; i++)
			reset(argv[i], argv[2]);
	printf("%llu\n", (unsigned long long)(now_ms() - begin_ms));
	return 0;
}
