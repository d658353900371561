// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/probe.h"

#include <errno.h>

#include "snapshot/blocks.h"
#include "snapshot/disk.h"
#include "snapshot/use.h"

#define WHAT_MAX 192

/* Returns 0 when nobody holds the device, else -errno. */
static int open_exclusively(const struct root *root, const struct block *block)
{
	int fd = disk_open_node(root, block, 0);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
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
