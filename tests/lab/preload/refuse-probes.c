// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded into iommu-resettest: a kernel without the forms of probes that $REFUSE_PROBES names,
 * "kprobe", or "btf" (arguments by their names in BTF).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool is_refused(const char *text, size_t length)
{
	const char *refused = getenv("REFUSE_PROBES");

	if (!refused || !memmem(text, length, ":iommu_resettest/", strlen(":iommu_resettest/")))
		return false;
	if (strcmp(refused, "btf") == 0)
		return memmem(text, length, "->", 2);
	return text[0] == 'p' || text[0] == 'r';
}

ssize_t write(int fd, const void *buffer, size_t length)
{
	if (is_refused(buffer, length)) {
		errno = EINVAL;
		return -1;
	}
	return syscall(SYS_write, fd, buffer, length);
}
