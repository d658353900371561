// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Captured trees, in the words of tests/roots/unpack.sh: made below a directory in memory, read
 * into a snapshot, planned for and taken away again.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "plan/plan.h"
#include "snapshot/build.h"

#define ENTRIES_MAX 600
#define FILE_BYTES_MAX 4096

static char top[] = "/dev/shm/fuzz_tree.XXXXXX";
static char base[PATH_MAX]; /* what ./ stands for */
static int open_fd = -1;    /* the file that lines are added to */

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
	(void)stat;
	(void)type;
	return walk->level > 0 ? remove(path) : 0;
}

static void clear(void)
{
	nftw(top, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void remove_top(void)
{
	clear();
	rmdir(top);
}

static void make_top(void)
{
	static bool made;

	if (made)
		return;
	MUST(mkdtemp(top));
	atexit(remove_top);
	made = true;
}

/* Where the path is; false for one that leads out of the tree. */
static bool place(const char *path, char full[PATH_MAX])
{
	const char *below = starts_with(path, "./") ? base : "";
	int length = snprintf(full, PATH_MAX, "%s/%s/%s", top, below, *below ? path + 2 : path);

	if (length >= PATH_MAX || strstr(full, "..") || strlen(path) > 512)
		return false;
	for (char *slash = strchr(full + strlen(top) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
	return true;
}

static void write_all(int fd, const char *text, size_t length)
{
	if (fd >= 0 && write(fd, text, length) < 0)
		errno = 0;
}

static void close_open(void)
{
	if (open_fd >= 0)
		close(open_fd);
	open_fd = -1;
}

static void make_file(char *rest, bool sized)
{
	char *text = sized ? strrchr(rest, ' ') : strstr(rest, " = ");
	char full[PATH_MAX];

	if (text) {
		*text = '\0';
		text += sized ? 1 : 3;
	}
	if (!place(rest, full))
		return;
	/* A link that is in the way may lead out. */
	open_fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (open_fd < 0 || !text)
		return;
	if (!sized) {
		write_all(open_fd, text, strlen(text));
		write_all(open_fd, "\n", 1);
	} else {
		unsigned long size = strtoul(text, NULL, 10);

		if (ftruncate(open_fd, (off_t)(size < FILE_BYTES_MAX ? size : FILE_BYTES_MAX)) < 0)
			errno = 0;
	}
}

static void make_link(char *rest)
{
	char *target = strstr(rest, " -> ");
	char full[PATH_MAX];

	if (!target)
		return;
	*target = '\0';
	if (place(rest, full) && symlink(target + 4, full) < 0)
		errno = 0;
}

/* "OFFSET: HEX..." of a file of bytes, else a line of text. */
static void add_line(const char *line)
{
	char *at;
	unsigned long offset = strtoul(line, &at, 16);

	if (open_fd < 0)
		return;
	if (at == line || *at != ':') {
		write_all(open_fd, line, strlen(line));
		write_all(open_fd, "\n", 1);
		return;
	}
	for (at++; *at && offset < FILE_BYTES_MAX; offset++) {
		char *end;
		unsigned char byte = (unsigned char)strtoul(at, &end, 16);

		if (end == at || pwrite(open_fd, &byte, 1, (off_t)offset) < 0)
			return;
		at = end;
	}
}

static void make_entry(char *line)
{
	char full[PATH_MAX];

	if (*line == '\t') {
		add_line(line + 1);
		return;
	}
	close_open();
	if (starts_with(line, "@ "))
		snprintf(base, sizeof(base), "%.512s", line + 2);
	else if (starts_with(line, "f ") || starts_with(line, "x "))
		make_file(line + 2, *line == 'x');
	else if (starts_with(line, "l "))
		make_link(line + 2);
	else if (starts_with(line, "d ") && place(line + 2, full))
		mkdir(full, 0755);
}

static void read_tree(void)
{
	_cleanup_filter_ struct filter filter = FILTER_INIT;
	struct plan_options options = {.filter = &filter, .driver = DRIVER_KEEP};
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	struct snapshot snapshot = {0};
	struct root root = ROOT_INIT;
	struct plan plan = {0};

	for (size_t i = 0; i < SCENARIO_COUNT; i++)
		options.scenarios[i] = true;
	facts.prepare = facts.done = facts.reset_depth = TRI_YES;
	MUST(root_open(&root, top) == 0);
	if (snapshot_read_for_reset(&root, &snapshot) == 0) {
		MUST(plan_make(&snapshot, &facts, &options, &plan) == 0);
		plan_free(&plan);
	}
	snapshot_free(&snapshot);
	root_close(&root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *line = text, *end;

	make_top();
	base[0] = '\0';
	for (unsigned int i = 0; i < ENTRIES_MAX && (end = strchr(line, '\n')); i++) {
		*end = '\0';
		make_entry(line);
		line = end + 1;
	}
	close_open();
	free(text);
	read_tree();
	clear();
	return 0;
}
