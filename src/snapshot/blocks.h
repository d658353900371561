/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Block devices and where in sysfs each hangs. */
#ifndef SNAPSHOT_BLOCKS_H
#define SNAPSHOT_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/root.h"
#include "snapshot/mounts.h"
#include "snapshot/node.h"
#include "snapshot/opens.h"

#define BLOCK_NAME_MAX 64
#define BLOCK_LABEL_MAX 160

/* A disk, partition or device built on others. */
struct block {
	char name[BLOCK_NAME_MAX];
	char label[BLOCK_LABEL_MAX]; /* for people: "dm-0 (vg-root)", else the name */
	bool has_number;
	unsigned int major, minor;
	char **paths; /* sysfs paths below which the hardware is */
	size_t path_count;
	bool lost_paths;	/* multipath NVMe whose controllers could not be found */
	const char *mounted_on; /* borrowed from the mounts, or a fixed text; NULL: not */
	size_t mount_count;
	bool is_root; /* one of the mounts is on /, or / is laid over it */
	bool is_swap;
	bool has_bcache;
	const char *exported_as;     /* a fixed text: by a service of the kernel; NULL: not */
	const struct opened *opened; /* borrowed; NULL: not */
	char loop[BLOCK_NAME_MAX];   /* a loop or zram device that has it as its backing file, or ""
				      */
	const struct block *visited; /* the disk on whose behalf it was looked at last */
};

/* @list is sorted by name; @by_number holds the same, sorted by device number. */
struct blocks {
	struct block *list;
	size_t count;
	struct block **by_number;
	size_t number_count;
	bool root_is_remote; /* / is laid over another machine's file system */
	char lost[128];	     /* a mount, swap area or export whose devices could not be found; "" */
};

#define NVME_SUBSYSTEM_COMPONENT "/nvme-subsystem/"

#define _cleanup_blocks_ _cleanup_(blocks_free)

/* Reads sys/class/block into zeroed @blocks. Returns 0 or -errno. Reads root. */
int blocks_read(const struct root *root, struct blocks *blocks) _must_check_;

/* NULL when absent. */
struct block *blocks_find(const struct blocks *blocks, const char *name);
struct block *blocks_find_number(const struct blocks *blocks, unsigned int major,
				 unsigned int minor);

/* A device by the path a user gave: /dev/NAME, a link below /dev, or any node. Reads root. */
struct block *blocks_find_path(const struct root *root, const struct blocks *blocks,
			       const char *path);

/* Remembers a device that is in use and was not found. */
void blocks_lose(struct blocks *blocks, const char *path);

/*
 * Notes mounts, swap areas, the members of mounted btrfs, loop devices and exports at the devices
 * they are on; @mounts is borrowed. Returns 0 or -ENOMEM. Reads root.
 */
int blocks_apply_mounts(const struct root *root, struct blocks *blocks,
			const struct mounts *mounts) _must_check_;

/* Notes the swap areas, as partitions or files; for blocks_mounts.c alone. Reads root. */
void blocks_apply_swaps(const struct root *root, struct blocks *blocks,
			const struct mounts *mounts);

/*
 * Where / is an overlay, notes what is mounted and it is laid over: all, where that
 * cannot be told. For blocks_mounts.c alone. Reads root.
 */
void blocks_apply_overlay(const struct root *root, struct blocks *blocks,
			  const struct mounts *mounts);

/* The device of the mount, or the first that its source names; NULL when none is known. */
struct block *blocks_find_mount(const struct root *root, const struct blocks *blocks,
				const struct mount *mount);

/* Notes at the devices which of them are open; @opens is borrowed. Pure but for @blocks. */
void blocks_apply_opens(struct blocks *blocks, const struct opens *opens);

/*
 * Adds to zeroed @paths where the controllers are that lead to @path, which runs through an NVMe
 * subsystem. Returns 0 or -errno; none is no error. Reads root.
 */
int nvme_controller_paths(const struct root *root, const char *path,
			  struct names *paths) _must_check_;

void blocks_free(struct blocks *blocks);

#endif
