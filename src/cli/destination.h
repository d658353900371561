/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where what is written under a name goes: straight there, or through a temporary file beside it.
 */
#ifndef CLI_DESTINATION_H
#define CLI_DESTINATION_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct destination {
	bool direct;	 /* no regular file (a terminal, a pipe), or an open descriptor's name */
	bool named_pipe; /* nobody holds it open here: whoever closes it ends it for its reader */
	char path[PATH_MAX]; /* links followed, unless direct */
	/* Unless direct: */
	char directory[PATH_MAX];
	char temporary[NAME_MAX];
	int directory_fd; /* -1: none */
};

#define DESTINATION_INIT                                                                           \
	{                                                                                          \
		.directory_fd = -1                                                                 \
	}
#define _cleanup_destination_ _cleanup_(destination_close)

/* Finds out where @path leads; what is not there yet may be made. Returns 0 or -errno. */
int destination_find(const char *path, struct destination *destination) _must_check_;

/* Makes a new file in the directory, to append to. Returns its descriptor or -errno. */
int destination_open_temporary(struct destination *destination) _must_check_;
void destination_remove_temporary(const struct destination *destination);

/*
 * Fills the temporary file, open as @fd, puts it on disk and gives it its name; the mode of a file
 * that it replaces stays. The directory is not synced. Returns 0 or -errno.
 */
int destination_fill(const struct destination *destination, int fd, const char *text,
		     size_t length_bytes) _must_check_;

/* Whether what is written to both goes to one file. */
bool destination_same(const struct destination *a, const struct destination *b);

void destination_close(const struct destination *destination);

#endif
