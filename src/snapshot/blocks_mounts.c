// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/blocks.h"

#include <errno.h>

#include "snapshot/exports.h"
#include "snapshot/node.h"

#define BTRFS "sys/fs/btrfs"
#define PATH_TEXT_MAX 512

struct block *blocks_find_path(const struct root *root, const struct blocks *blocks,
			       const char *path)
{
	char name[NODE_TEXT_MAX];
	struct block *block;

	if (!starts_with(path, "/dev/"))
		return NULL;
	block = blocks_find(blocks, path + strlen("/dev/"));
	if (!block && root_read_link_name(root, path + 1, name, sizeof(name)) == 0)
		block = blocks_find(blocks, name);
	return block;
}

static void note_mount(struct block *block, const char *target)
{
	if (!block)
		return;
	if (!block->mounted_on)
		block->mounted_on = target;
	block->mount_count++;
	block->is_root |= streq(target, "/");
}

/* These say in sys/fs which devices they are on, or in the source of the mount. */
static bool needs_device(const struct root *root, const struct mount *mount)
{
	return streq(mount->type, "bcachefs") ||
	       (streq(mount->type, "btrfs") && !root_exists(root, BTRFS));
}

/* btrfs and bcachefs show a device number of their own; the source names one member, or all. */
static void note_sources(const struct root *root, struct blocks *blocks, const struct mount *mount)
{
	char sources[NODE_TEXT_MAX], *next = sources, *source;

	snprintf(sources, sizeof(sources), "%s", mount->source);
	while ((source = strsep(&next, ":"))) {
		struct block *block = blocks_find_path(root, blocks, source);

		note_mount(block, mount->target);
		if (!block && needs_device(root, mount))
			blocks->lost = mount->source;
	}
}

static void note_swap(const struct root *root, struct blocks *blocks, char *path)
{
	static const char deleted[] = " (deleted)";
	size_t length = strlen(path);
	struct block *block;

	if (length >= strlen(deleted) && streq(path + length - strlen(deleted), deleted))
		path[length - strlen(deleted)] = '\0';
	block = blocks_find_path(root, blocks, path);
	if (block)
		block->is_swap = true;
	else if (starts_with(path, "/dev/"))
		blocks->lost = path;
}

static void note_btrfs(const struct root *root, struct blocks *blocks)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, BTRFS);
	const struct dirent *entry, *member;

	while (dir && (entry = readdir(dir))) {
		_cleanup_dir_ DIR *members = NULL;
		char path[PATH_TEXT_MAX];

		snprintf(path, sizeof(path), BTRFS "/%s/devices", entry->d_name);
		if (!node_is_dot(entry->d_name))
			members = root_open_dir(root, path);
		while (members && (member = readdir(members))) {
			struct block *block = blocks_find(blocks, member->d_name);

			if (block && !block->mounted_on)
				note_mount(block, "a btrfs of several devices");
		}
	}
}

static void note_loops(const struct root *root, struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *loop = &blocks->list[i];
		char path[PATH_TEXT_MAX], file[NODE_TEXT_MAX];
		struct block *below;

		if (!starts_with(loop->name, "loop"))
			continue;
		snprintf(path, sizeof(path), "sys/class/block/%s/loop/backing_file", loop->name);
		if (root_read_line(root, path, file, sizeof(file)) < 0)
			continue;
		below = blocks_find_path(root, blocks, file);
		if (below)
			strcpy(below->loop, loop->name);
	}
}

int blocks_apply_mounts(const struct root *root, struct blocks *blocks, const struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++) {
		const struct mount *mount = &mounts->list[i];

		if (mount->major)
			note_mount(blocks_find_number(blocks, mount->major, mount->minor),
				   mount->target);
		else
			note_sources(root, blocks, mount);
	}
	for (size_t i = 0; i < mounts->swap_count; i++)
		note_swap(root, blocks, mounts->swaps[i]);
	note_btrfs(root, blocks);
	note_loops(root, blocks);
	return exports_apply(root, blocks);
}
