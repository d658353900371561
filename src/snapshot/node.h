/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading many small files of one directory cheaply: one open and one read each. */
#ifndef SNAPSHOT_NODE_H
#define SNAPSHOT_NODE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/root.h"

/* A sysfs attribute is at most a page. */
#define NODE_TEXT_MAX 4096

/* Reads the first line of @name without its newline. Returns 0, -EOVERFLOW or -errno. */
int node_read_line(int dir_fd, const char *name, char *line, size_t size_bytes) _must_check_;

/* Reads a number in C notation. Returns 0, -EINVAL for anything else, or -errno. */
int node_read_number(int dir_fd, const char *name, uint64_t *value) _must_check_;

/* Stores the text of the link @name (one component). Returns 0, -EOVERFLOW or -errno. */
int node_read_link(int dir_fd, const char *name, char *target, size_t size_bytes) _must_check_;

/* Stores the last component of the link's target. Returns 0, -EOVERFLOW or -errno. */
int node_read_link_name(int dir_fd, const char *name, char *last, size_t size_bytes) _must_check_;

bool node_exists(int dir_fd, const char *name);

/* The entries of a directory in the order of their names, numbers by value. */
struct names {
	char **list;
	size_t count;
};

#define _cleanup_names_ _cleanup_(names_free)

/* Fills zeroed @names, "." and ".." left out. Returns 0 or -errno. Reads root. */
int names_read(const struct root *root, const char *path, struct names *names) _must_check_;
void names_free(struct names *names);

/* True for "." and "..". */
bool node_is_dot(const char *name);

/* True for one or more decimal digits and nothing else. */
bool node_is_number(const char *name);

static inline void node_close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

#define _cleanup_dir_ _cleanup_(node_close_dir)

#endif
