/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A root directory made file by file, in a temporary place. */
#ifndef TESTS_OBSERVE_TREE_H
#define TESTS_OBSERVE_TREE_H

#include "base/root.h"

struct tree {
	char path[64];
	struct root root;
};

/* Setup and teardown of a test whose state is the tree. */
int tree_set_up(void **state);
int tree_tear_down(void **state);

/* Make a file or a symbolic link, with the directories it needs; replace it if it is there. */
void tree_file(const struct tree *tree, const char *path, const void *bytes, size_t length_bytes);
void tree_text(const struct tree *tree, const char *path, const char *text);
void tree_link(const struct tree *tree, const char *path, const char *target);

/* Removes a file, a link, or a directory with all that is in it. */
void tree_remove(const struct tree *tree, const char *path);

#endif
