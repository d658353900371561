// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/node.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/array.h"

static ssize_t read_bytes(int dir_fd, const char *name, void *bytes, size_t size_bytes)
{
	const struct root dir = {.fd = dir_fd};
	/* A FIFO in a tree someone sent must not hang the reader. */
	_cleanup_close_ int fd = root_open_file(&dir, name, O_RDONLY | O_NONBLOCK);
	ssize_t got;

	if (fd < 0)
		return fd;
	do
		got = read(fd, bytes, size_bytes);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

int node_read_line(int dir_fd, const char *name, char *line, size_t size_bytes)
{
	ssize_t got = read_bytes(dir_fd, name, line, size_bytes);
	char *newline;

	if (got < 0)
		return (int)got;
	newline = memchr(line, '\n', (size_t)got);
	if (!newline && (size_t)got == size_bytes)
		return -EOVERFLOW;
	line[newline ? newline - line : got] = '\0';
	return 0;
}

int node_read_number(int dir_fd, const char *name, uint64_t *value)
{
	char line[64], *end;
	unsigned long long number;
	int r = node_read_line(dir_fd, name, line, sizeof(line));

	if (r < 0)
		return r;
	errno = 0;
	number = strtoull(line, &end, 0);
	if (errno || end == line || *end || line[0] == '-')
		return -EINVAL;
	*value = number;
	return 0;
}

int node_read_link(int dir_fd, const char *name, char *target, size_t size_bytes)
{
	ssize_t length = readlinkat(dir_fd, name, target, size_bytes);

	if (length < 0)
		return -errno;
	if ((size_t)length >= size_bytes)
		return -EOVERFLOW;
	target[length] = '\0';
	return 0;
}

int node_read_link_name(int dir_fd, const char *name, char *last, size_t size_bytes)
{
	char target[NODE_TEXT_MAX];
	const char *slash, *text;
	int r = node_read_link(dir_fd, name, target, sizeof(target));

	if (r < 0)
		return r;
	slash = strrchr(target, '/');
	text = slash ? slash + 1 : target;
	if (strlen(text) >= size_bytes)
		return -EOVERFLOW;
	strcpy(last, text);
	return 0;
}

bool node_exists(int dir_fd, const char *name)
{
	return faccessat(dir_fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

bool node_is_dot(const char *name)
{
	return streq(name, ".") || streq(name, "..");
}

bool node_is_number(const char *name)
{
	return *name && !name[strspn(name, "0123456789")];
}

static int compare_names(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

int names_read(const struct root *root, const char *path, struct names *names)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, path);
	const struct dirent *entry;

	if (!dir)
		return -errno;
	while ((entry = readdir(dir))) {
		char **slot;

		if (node_is_dot(entry->d_name))
			continue;
		slot = ARRAY_APPEND(names->list, names->count);
		if (!slot)
			return -ENOMEM;
		*slot = strdup(entry->d_name);
		if (!*slot)
			return -ENOMEM;
	}
	if (names->count)
		qsort(names->list, names->count, sizeof(*names->list), compare_names);
	return 0;
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->list[i]);
	free(names->list);
	*names = (struct names){0};
}
