// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/blocks.h"

/* Where more than one is mounted in the same place, here or in other namespaces, it is on any. */
static void note_file(const struct root *root, struct blocks *blocks, const struct mounts *mounts,
		      const char *path)
{
	const size_t longest = mounts_cover(mounts, path);

	for (size_t i = 0; i < mounts->count; i++) {
		struct block *block = mount_covers(&mounts->list[i], path) == longest
					      ? blocks_find_mount(root, blocks, &mounts->list[i])
					      : NULL;

		if (block)
			block->is_swap = true;
	}
}

static void note_swap(const struct root *root, struct blocks *blocks, const struct mounts *mounts,
		      char *path)
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
		blocks_lose(blocks, path);
	else
		note_file(root, blocks, mounts, path);
}

void blocks_apply_swaps(const struct root *root, struct blocks *blocks, const struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->swap_count; i++)
		note_swap(root, blocks, mounts, mounts->swaps[i]);
}
