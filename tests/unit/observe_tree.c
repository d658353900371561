// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <sys/stat.h>

#include "observe_tree.h"

int tree_set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	if (!tree)
		return -1;
	strcpy(tree->path, "/tmp/observe_tree.XXXXXX");
	if (!mkdtemp(tree->path) || root_open(&tree->root, tree->path) < 0)
		return -1;
	*state = tree;
	return 0;
}

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
	(void)stat;
	(void)type;
	(void)walk;
	return remove(path);
}

int tree_tear_down(void **state)
{
	struct tree *tree = *state;
	int r = nftw(tree->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);

	root_close(&tree->root);
	free(tree);
	return r;
}

static void full_path(const struct tree *tree, const char *path, char full[PATH_MAX])
{
	snprintf(full, PATH_MAX, "%s/%s", tree->path, path);
}

static void make_parents(char *full)
{
	for (char *slash = strchr(full + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
}

void tree_file(const struct tree *tree, const char *path, const void *bytes, size_t length_bytes)
{
	char full[PATH_MAX];
	int fd;

	full_path(tree, path, full);
	make_parents(full);
	fd = open(full, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length_bytes), length_bytes);
	close(fd);
}

void tree_text(const struct tree *tree, const char *path, const char *text)
{
	tree_file(tree, path, text, strlen(text));
}

void tree_link(const struct tree *tree, const char *path, const char *target)
{
	char full[PATH_MAX];

	full_path(tree, path, full);
	make_parents(full);
	unlink(full);
	assert_int_equal(symlink(target, full), 0);
}

void tree_remove(const struct tree *tree, const char *path)
{
	char full[PATH_MAX];

	full_path(tree, path, full);
	assert_int_equal(nftw(full, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}
