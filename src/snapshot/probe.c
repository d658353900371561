// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "snapshot/blocks.h"
#include "snapshot/use.h"

#define WHAT_MAX 192
#define PATH_TEXT_MAX 100

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

/*
 * Returns 0 when nobody holds the device, else -errno. The node is looked at before it is opened
 * for good: opening a device that is not the one meant may have effects.
 */
static int open_exclusively(const struct root *root, const struct block *block)
{
	char path[PATH_TEXT_MAX];
	_cleanup_close_ int node = -1;
	_cleanup_close_ int fd = -1;

	name_node(block, path);
	node = root_open_file(root, path, O_PATH | O_NOFOLLOW);
	if (node < 0)
		return node;
	if (!is_node_of(node, block))
		return -ENODEV;
	fd = root_open_file(root, path, O_RDONLY | O_EXCL | O_NONBLOCK);
	if (fd < 0)
		return fd;
	return is_node_of(fd, block) ? 0 : -ENODEV;
}

static int probe(const struct root *root, struct snapshot *snapshot, const struct block *block)
{
	int held = open_exclusively(root, block), r = 0;
	char what[WHAT_MAX];

	/* No medium, nothing behind the node: nothing to lose. */
	if (held == 0 || held == -ENOMEDIUM || held == -ENXIO)
		return 0;
	if (held == -EBUSY)
		snprintf(what, sizeof(what), "%.80s is held by something that does not show",
			 block->label);
	else
		snprintf(what, sizeof(what), "cannot tell whether %.80s is held: %s", block->label,
			 strerror(-held));
	for (size_t i = 0; i < block->path_count && r >= 0; i++)
		r = use_mark_path(snapshot, block->paths[i],
				  held == -EBUSY ? USE_HELD : USE_UNKNOWN, what);
	return r < 0 ? r : 0;
}

/* True when the device is on a function of which no use is known yet. */
static bool is_worth_asking(const struct snapshot *snapshot, const struct block *block,
			    const struct function *only)
{
	char bdf[BDF_MAX];

	for (size_t i = 0; i < block->path_count; i++) {
		const char *at = block->paths[i];

		while ((at = bdf_next_in_path(at, bdf))) {
			const struct function *function = snapshot_find(snapshot, bdf);

			if (function && !function->is_bridge && !function->use_count &&
			    (!only || function == only))
				return block->has_number;
		}
	}
	return false;
}

int probe_disks(const struct root *root, struct snapshot *snapshot, const struct function *only)
{
	_cleanup_blocks_ struct blocks blocks = {0};
	int r;

	if (!root->live || geteuid() != 0)
		return 0;
	r = blocks_read(root, &blocks);
	if (r < 0)
		return r == -ENOMEM ? r
				    : use_mark_bound(snapshot, "block devices could not be read");
	for (size_t i = 0; i < blocks.count && r >= 0; i++)
		if (is_worth_asking(snapshot, &blocks.list[i], only))
			r = probe(root, snapshot, &blocks.list[i]);
	return r < 0 ? r : 0;
}
