// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/array.h"
#include "model/bdf.h"

#define PATH_TEXT_MAX 128

static bool is_node_of(int fd, const struct block *block)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISBLK(status.st_mode) &&
	       status.st_rdev == makedev(block->major, block->minor);
}

/* sysfs writes ! for the / of names like cciss/c0d0. */
static void name_node(const struct block *block, char path[PATH_TEXT_MAX])
{
	snprintf(path, PATH_TEXT_MAX, "dev/%s", block->name);
	for (char *at = path + strlen("dev/"); *at; at++)
		if (*at == '!')
			*at = '/';
}

int disk_open_node(const struct root *root, const struct block *block, int flags)
{
	char path[PATH_TEXT_MAX];
	_cleanup_close_ int node = -1;
	int fd;

	name_node(block, path);
	node = root_open_file(root, path, O_PATH | O_NOFOLLOW);
	if (node < 0)
		return node;
	if (!is_node_of(node, block))
		return -ENODEV;
	fd = root_open_file(root, path, O_RDONLY | O_EXCL | O_NONBLOCK | flags);
	if (fd < 0 || is_node_of(fd, block))
		return fd;
	close(fd);
	return -ENODEV;
}

/* A disk that is reached through another function as well may be read through that. */
static bool hangs_off(const struct block *block, const char *function)
{
	bool found = false;
	char bdf[BDF_MAX];

	for (size_t i = 0; i < block->path_count; i++)
		if (bdf_is_in_path(block->paths[i], function))
			found = true;
		else if (bdf_next_in_path(block->paths[i], bdf))
			return false;
	return found;
}

static bool is_below(const struct block *block, const char *function)
{
	for (size_t i = 0; i < block->path_count; i++)
		if (bdf_is_in_path(block->paths[i], function))
			return true;
	return false;
}

static bool is_partition(const struct root *root, const struct block *block)
{
	char path[PATH_TEXT_MAX];

	snprintf(path, sizeof(path), "sys/class/block/%s/partition", block->name);
	return root_exists(root, path);
}

int disk_open(const struct root *root, const char *function, char *name, size_t size_bytes)
{
	_cleanup_blocks_ struct blocks blocks = {0};
	int r = blocks_read(root, &blocks);

	if (r < 0)
		return r;
	r = -ENODEV;
	for (size_t i = 0; i < blocks.count && r < 0; i++) {
		const struct block *block = &blocks.list[i];

		if (!block->has_number || !hangs_off(block, function) || is_partition(root, block))
			continue;
		snprintf(name, size_bytes, "%s", block->name);
		r = disk_open_node(root, block, O_DIRECT);
	}
	return r;
}

static int add(int **fds, size_t *count, int fd)
{
	int *slot = ARRAY_APPEND(*fds, *count);

	if (!slot) {
		close(fd);
		return -ENOMEM;
	}
	*slot = fd;
	return 0;
}

/* No node that anybody could open, no medium, no device behind the node: nobody can have it. */
static bool is_nothing(int error)
{
	return error == -ENOENT || error == -ENODEV || error == -ENXIO || error == -ENOMEDIUM;
}

int disks_claim(const struct root *root, const char *function, int **fds)
{
	_cleanup_blocks_ struct blocks blocks = {0};
	size_t count = 0;
	int r = blocks_read(root, &blocks);

	for (size_t i = 0; i < blocks.count && r == 0; i++) {
		const struct block *block = &blocks.list[i];
		int fd;

		if (!block->has_number || !is_below(block, function) || is_partition(root, block))
			continue;
		fd = disk_open_node(root, block, 0);
		if (fd >= 0)
			r = add(fds, &count, fd);
		else if (!is_nothing(fd))
			r = fd;
	}
	if (r == 0)
		return (int)count;
	while (count > 0)
		close((*fds)[--count]);
	free(*fds);
	*fds = NULL;
	return r;
}
