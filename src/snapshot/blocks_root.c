// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/blocks.h"

#define DEPTH_MAX 8
#define PATH_TEXT_MAX 256

struct overlaid {
	const struct root *root;
	struct blocks *blocks;
	const struct mounts *mounts;
};

static bool note_path(const struct overlaid *in, const char *path, int depth);

/* An image that is a file is on another file system. Returns whether that was found. */
static bool note_image(const struct overlaid *in, const struct block *block, int depth)
{
	char path[PATH_TEXT_MAX], file[NODE_TEXT_MAX];

	snprintf(path, sizeof(path), "sys/class/block/%s/loop/backing_file", block->name);
	if (root_read_line(in->root, path, file, sizeof(file)) < 0)
		return false;
	/* The disk that it is knows its loop device. */
	return starts_with(file, "/dev/") || note_path(in, file, depth + 1);
}

static bool note_block(const struct overlaid *in, struct block *block, int depth)
{
	_cleanup_names_ struct names below = {0};
	char path[PATH_TEXT_MAX];
	bool found = true;

	if (depth >= DEPTH_MAX)
		return false;
	block->is_root = true;
	if (starts_with(block->name, "loop"))
		return note_image(in, block, depth);
	snprintf(path, sizeof(path), "sys/class/block/%s/slaves", block->name);
	if (names_read(in->root, path, &below) < 0)
		return !starts_with(block->name, "dm-");
	for (size_t i = 0; i < below.count; i++) {
		struct block *lower = blocks_find(in->blocks, below.list[i]);

		found &= lower && note_block(in, lower, depth + 1);
	}
	return found;
}

/* Returns whether the file system with @path was found, whatever that is on. */
static bool note_path(const struct overlaid *in, const char *path, int depth)
{
	const size_t length = mounts_cover(in->mounts, path);
	bool found = path[0] == '/' && length > 1;

	for (size_t i = 0; i < in->mounts->count && found; i++) {
		const struct mount *mount = &in->mounts->list[i];
		struct block *block = mount_covers(mount, path) == length
					      ? blocks_find_mount(in->root, in->blocks, mount)
					      : NULL;

		if (block)
			found = note_block(in, block, depth);
		in->blocks->root_is_remote |=
			mount_covers(mount, path) == length && mount_is_remote(mount);
	}
	return found;
}

static bool note_layers(const struct overlaid *in, char *paths)
{
	bool found = true;
	char *path;

	mounts_unescape(paths);
	/* Two colons begin the layers that hold data alone. */
	while ((path = strsep(&paths, ":")))
		if (*path)
			found &= note_path(in, path, 0);
	return found;
}

/* Paths may be those of the initramfs, which lead nowhere now. */
static bool note_options(const struct overlaid *in, const struct mount *overlay)
{
	static const char *const keys[] = {"lowerdir=", "lowerdir+=", "datadir+=", "upperdir="};
	_cleanup_free_ char *options = strdup(overlay->options ? overlay->options : "");
	char *next = options, *option;
	bool any = false, found = options;

	while (options && (option = strsep(&next, ",")))
		for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
			if (starts_with(option, keys[i])) {
				any = true;
				found &= note_layers(in, option + strlen(keys[i]));
			}
	return any && found;
}

static void note_all(const struct overlaid *in)
{
	for (size_t i = 0; i < in->mounts->own_count; i++) {
		struct block *block = blocks_find_mount(in->root, in->blocks, &in->mounts->list[i]);

		if (block)
			block->is_root = true;
		in->blocks->root_is_remote |= mount_is_remote(&in->mounts->list[i]);
	}
}

void blocks_apply_overlay(const struct root *root, struct blocks *blocks,
			  const struct mounts *mounts)
{
	const struct overlaid in = {root, blocks, mounts};

	for (size_t i = 0; i < mounts->own_count; i++) {
		const struct mount *mount = &mounts->list[i];

		if (streq(mount->type, "overlay") && streq(mount->target, "/") &&
		    !note_options(&in, mount))
			note_all(&in);
	}
}
