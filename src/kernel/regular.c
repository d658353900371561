// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/regular.h"

#include <errno.h>
#include <sys/stat.h>

static int check(int fd, size_t max_bytes, size_t *size_bytes)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	if (!S_ISREG(status.st_mode))
		return -ENOTSUP;
	if (status.st_size < 0 || (unsigned long long)status.st_size > max_bytes)
		return -EFBIG;
	*size_bytes = (size_t)status.st_size;
	return 0;
}

int regular_read(int fd, size_t max_bytes, unsigned char **out, size_t *length_bytes)
{
	_cleanup_free_ unsigned char *data = NULL;
	size_t size = 0, length = 0;
	int r = check(fd, max_bytes, &size);

	if (r < 0)
		return r;
	data = malloc(size + 1);
	if (!data)
		return -ENOMEM;
	while (length < size) {
		ssize_t got = read(fd, data + length, size - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		length += (size_t)got;
	}
	*out = TAKE_PTR(data);
	*length_bytes = length;
	return 0;
}
