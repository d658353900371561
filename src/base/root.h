/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading files below a root directory: the live machine's "/", or a captured tree. */
#ifndef BASE_ROOT_H
#define BASE_ROOT_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

/* @path is borrowed; @fd is owned and closed by root_close(). */
struct root {
	int fd;
	const char *path;
	bool live; /* "/" of this machine, not a captured tree */
};

#define ROOT_INIT                                                                                  \
	{                                                                                          \
		.fd = -1                                                                           \
	}
#define _cleanup_root_ _cleanup_(root_close)

/* Opens @path, or the live machine when @path is NULL. Returns 0 or -errno. */
int root_open(struct root *root, const char *path) _must_check_;
void root_close(struct root *root);

/*
 * Opens a file below the root, symbolic links confined to it (openat2, RESOLVE_IN_ROOT).
 * @path has no leading slash. Returns a descriptor the caller closes, or -errno.
 */
int root_open_file(const struct root *root, const char *path, int flags) _must_check_;

/* Opens a directory stream the caller closes with closedir(); NULL with errno set on failure. */
DIR *root_open_dir(const struct root *root, const char *path) _must_check_;

/*
 * Reads a whole file of at most @max_bytes (else -EFBIG). *out is allocated and NUL-terminated,
 * *length_bytes (may be NULL) excludes that NUL. Returns 0 or -errno.
 */
int root_read(const struct root *root, const char *path, size_t max_bytes, char **out,
	      size_t *length_bytes) _must_check_;

/*
 * Reads what comes whole in one read: an attribute of sysfs, a file of /proc that is one record.
 * The text is NUL-terminated; -EFBIG when it does not fit. Returns 0 or -errno.
 */
int root_read_record(const struct root *root, const char *path, char *text,
		     size_t size_bytes) _must_check_;

/*
 * Reads the first line of a small file into @line without its newline; a longer line is
 * -EOVERFLOW. Returns 0 or -errno.
 */
int root_read_line(const struct root *root, const char *path, char *line,
		   size_t size_bytes) _must_check_;

/* Reads a number in C notation (0x.., decimal). Returns 0, -EINVAL for anything else, or -errno. */
int root_read_u64(const struct root *root, const char *path, uint64_t *value) _must_check_;

/* Stores the text of a symbolic link. Returns 0, -EOVERFLOW or -errno. */
int root_read_link(const struct root *root, const char *path, char *target,
		   size_t size_bytes) _must_check_;

/* Stores the last component of a symbolic link's target, as sysfs uses for driver, iommu_group. */
int root_read_link_name(const struct root *root, const char *path, char *name,
			size_t size_bytes) _must_check_;

/*
 * True when the path exists below the root (after following links). False says only that it could
 * not be reached; whoever relies on its absence asks root_is_absent().
 */
bool root_exists(const struct root *root, const char *path);

/* True when the path is known not to exist: it is not merely out of reach (EMFILE, EACCES). */
bool root_is_absent(const struct root *root, const char *path);

#endif
