// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/blocks.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "snapshot/exports.h"
#include "snapshot/node.h"

#define BTRFS "sys/fs/btrfs"
#define PATH_TEXT_MAX 512

/* Links may lead over others, and nodes have any name: the number is what counts. */
static struct block *find_node(const struct root *root, const struct blocks *blocks,
			       const char *path)
{
	_cleanup_close_ int fd = -1;
	char line[32];
	unsigned int major, minor;
	struct stat status;

	if (!root->live)
		return root_read_line(root, path + 1, line, sizeof(line)) == 0 &&
				       sscanf(line, "b %u:%u", &major, &minor) == 2
			       ? blocks_find_number(blocks, major, minor)
			       : NULL;
	fd = root_open_file(root, path + 1, O_PATH);
	return fd >= 0 && fstat(fd, &status) == 0 && S_ISBLK(status.st_mode)
		       ? blocks_find_number(blocks, major(status.st_rdev), minor(status.st_rdev))
		       : NULL;
}

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
	return block ? block : find_node(root, blocks, path);
}

void blocks_lose(struct blocks *blocks, const char *path)
{
	snprintf(blocks->lost, sizeof(blocks->lost), "%.120s", path);
}

struct block *blocks_find_mount(const struct root *root, const struct blocks *blocks,
				const struct mount *mount)
{
	char source[NODE_TEXT_MAX];

	if (mount->major)
		return blocks_find_number(blocks, mount->major, mount->minor);
	snprintf(source, sizeof(source), "%s", mount->source);
	source[strcspn(source, ":")] = '\0';
	return blocks_find_path(root, blocks, source);
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
			blocks_lose(blocks, mount->source);
	}
}

/* Visits the members that are known of the btrfs whose directory in sysfs is @path. */
static void for_each_member(const struct root *root, const struct blocks *blocks, const char *path,
			    void (*visit)(struct block *member, bool *is_root), bool *is_root)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, path);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		struct block *member = blocks_find(blocks, entry->d_name);

		if (member)
			visit(member, is_root);
	}
}

static void ask_member(struct block *member, bool *is_root)
{
	*is_root |= member->is_root;
}

static void note_member(struct block *member, bool *is_root)
{
	if (!member->mounted_on)
		note_mount(member, "a btrfs of several devices");
	member->is_root |= *is_root;
}

/* The source of its mount is none that is known: /dev/root, by which the kernel mounts alone. */
static bool has_unknown_root(const struct root *root, const struct blocks *blocks,
			     const struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++)
		if (streq(mounts->list[i].type, "btrfs") && streq(mounts->list[i].target, "/") &&
		    !blocks_find_mount(root, blocks, &mounts->list[i]))
			return true;
	return false;
}

static void note_btrfs(const struct root *root, struct blocks *blocks, const struct mounts *mounts)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, BTRFS);
	const bool unknown_root = has_unknown_root(root, blocks, mounts);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		bool is_root = unknown_root;
		char path[PATH_TEXT_MAX];

		if (node_is_dot(entry->d_name))
			continue;
		snprintf(path, sizeof(path), BTRFS "/%s/devices", entry->d_name);
		for_each_member(root, blocks, path, ask_member, &is_root);
		for_each_member(root, blocks, path, note_member, &is_root);
	}
}

/* Compressed memory (zram) may be written back to a device. */
static void note_loops(const struct root *root, struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *loop = &blocks->list[i];
		const bool zram = starts_with(loop->name, "zram");
		char path[PATH_TEXT_MAX], file[NODE_TEXT_MAX];
		struct block *below;

		if (!zram && !starts_with(loop->name, "loop"))
			continue;
		snprintf(path, sizeof(path), "sys/class/block/%s/%s", loop->name,
			 zram ? "backing_dev" : "loop/backing_file");
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
	blocks_apply_overlay(root, blocks, mounts);
	blocks_apply_swaps(root, blocks, mounts);
	note_btrfs(root, blocks, mounts);
	note_loops(root, blocks);
	return exports_apply(root, blocks);
}
