/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mounted file systems and swap, as proc tells them. */
#ifndef SNAPSHOT_MOUNTS_H
#define SNAPSHOT_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/root.h"

/* One line of mountinfo (Documentation/filesystems/proc.rst, 3.5). */
struct mount {
	unsigned int major, minor; /* major 0: no device, or a file system that hides it */
	char *target;
	char *type;
	char *source;
	char *options; /* of the file system, still escaped; NULL but for an overlay */
};

struct mounts {
	struct mount *list;
	size_t count;
	size_t own_count; /* the first are those of our own mount namespace */
	char **swaps;	  /* paths, as proc/swaps has them */
	size_t swap_count;
	bool incomplete; /* mount namespaces of other processes could not be read */
};

#define _cleanup_mounts_ _cleanup_(mounts_free)

/*
 * Reads proc/self/mountinfo, that of every process in another mount namespace, that of process 1
 * when we are below a root directory of our own (chroot), and proc/swaps into zeroed @mounts.
 * Returns 0, or -errno with *what naming the file that failed. Reads root.
 */
int mounts_read(const struct root *root, struct mounts *mounts, const char **what) _must_check_;

/*
 * Adds the mounts in @text, the content of a mountinfo file, which it changes. A line it cannot
 * understand is -EINVAL. Pure but for @mounts.
 */
int mounts_parse(struct mounts *mounts, char *text) _must_check_;

/* Adds the swap areas in @text, the content of proc/swaps, which it changes. Pure likewise. */
int mounts_parse_swaps(struct mounts *mounts, char *text) _must_check_;

/* Undoes the kernel's \ooo escapes of space, tab, newline, comma and backslash, in place. Pure. */
void mounts_unescape(char *text);

/* Whether its file system is another machine's. Pure. */
bool mount_is_remote(const struct mount *mount);

/*
 * How many bytes of @path, which is absolute, lead to the mount: 0 when it is not below that, 1 for
 * what is mounted on /. Pure.
 */
size_t mount_covers(const struct mount *mount, const char *path);

/* The same of the mount that is nearest to @path; 1 when that is /. Pure. */
size_t mounts_cover(const struct mounts *mounts, const char *path);

void mounts_free(struct mounts *mounts);

#endif
