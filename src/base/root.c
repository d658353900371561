// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/root.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "base/read_all.h"

/*
 * A rename anywhere on the machine while the kernel goes through a ".." ends an openat2() with
 * EAGAIN, which says nothing of the file (openat2(2)).
 */
#define TRIES 1000

int root_open(struct root *root, const char *path)
{
	int fd = open(path ? path : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	*root = (struct root){.fd = fd, .path = path ? path : "/", .live = !path};
	return 0;
}

void root_close(struct root *root)
{
	if (root->fd >= 0)
		close(root->fd);
	root->fd = -1;
}

int root_open_file(const struct root *root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned int)(flags | O_CLOEXEC),
		.resolve = RESOLVE_IN_ROOT,
	};
	long fd;

	for (int i = 0; i < TRIES; i++) {
		fd = syscall(SYS_openat2, root->fd, path, &how, sizeof(how));
		if (fd >= 0 || errno != EAGAIN)
			break;
	}
	return fd < 0 ? -errno : (int)fd;
}

DIR *root_open_dir(const struct root *root, const char *path)
{
	int fd = root_open_file(root, path, O_RDONLY | O_DIRECTORY);
	DIR *dir;

	if (fd < 0) {
		errno = -fd;
		return NULL;
	}
	dir = fdopendir(fd);
	if (!dir)
		close(fd);
	return dir;
}

int root_read(const struct root *root, const char *path, size_t max_bytes, char **out,
	      size_t *length_bytes)
{
	_cleanup_close_ int fd = root_open_file(root, path, O_RDONLY);
	_cleanup_strbuf_ struct strbuf content = {0};
	size_t length;
	int r;

	if (fd < 0)
		return fd;
	r = read_all(fd, max_bytes, &content);
	if (r < 0)
		return r;
	length = content.length_bytes;
	r = strbuf_take(&content, out);
	if (r == 0 && length_bytes)
		*length_bytes = length;
	return r;
}

int root_read_record(const struct root *root, const char *path, char *text, size_t size_bytes)
{
	_cleanup_close_ int fd = root_open_file(root, path, O_RDONLY);
	ssize_t got;

	if (fd < 0)
		return fd;
	do
		got = read(fd, text, size_bytes);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	if ((size_t)got == size_bytes)
		return -EFBIG;
	text[got] = '\0';
	return 0;
}

/* Nothing is read behind the line: each read asks the kernel anew. */
int root_read_line(const struct root *root, const char *path, char *line, size_t size_bytes)
{
	_cleanup_close_ int fd = root_open_file(root, path, O_RDONLY);
	size_t length = 0;

	if (fd < 0)
		return fd;
	for (;;) {
		char chunk[4096];
		ssize_t got = read(fd, chunk, sizeof(chunk));
		const char *newline;
		size_t part;

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		newline = memchr(chunk, '\n', (size_t)got);
		part = newline ? (size_t)(newline - chunk) : (size_t)got;
		if (length + part >= size_bytes)
			return -EOVERFLOW;
		memcpy(line + length, chunk, part);
		length += part;
		line[length] = '\0';
		if (newline || got == 0)
			return 0;
	}
}

int root_read_u64(const struct root *root, const char *path, uint64_t *value)
{
	char line[64], *end;
	unsigned long long number;
	int r = root_read_line(root, path, line, sizeof(line));

	if (r < 0)
		return r;
	errno = 0;
	number = strtoull(line, &end, 0);
	if (errno || end == line || *end || line[0] == '-')
		return -EINVAL;
	*value = number;
	return 0;
}

int root_read_link(const struct root *root, const char *path, char *target, size_t size_bytes)
{
	_cleanup_close_ int fd = root_open_file(root, path, O_PATH | O_NOFOLLOW);
	ssize_t length;

	if (fd < 0)
		return fd;
	length = readlinkat(fd, "", target, size_bytes);
	if (length < 0)
		return errno == ENOENT ? -EINVAL : -errno;
	if ((size_t)length >= size_bytes)
		return -EOVERFLOW;
	target[length] = '\0';
	return 0;
}

int root_read_link_name(const struct root *root, const char *path, char *name, size_t size_bytes)
{
	char target[4096];
	const char *last;
	int r = root_read_link(root, path, target, sizeof(target));

	if (r < 0)
		return r;
	last = strrchr(target, '/');
	last = last ? last + 1 : target;
	if (strlen(last) >= size_bytes)
		return -EOVERFLOW;
	strcpy(name, last);
	return 0;
}

bool root_exists(const struct root *root, const char *path)
{
	_cleanup_close_ int fd = root_open_file(root, path, O_PATH);

	return fd >= 0;
}

bool root_is_absent(const struct root *root, const char *path)
{
	_cleanup_close_ int fd = root_open_file(root, path, O_PATH);

	return fd == -ENOENT || fd == -ENOTDIR;
}
