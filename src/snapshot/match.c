// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/match.h"

#include <errno.h>
#include <fnmatch.h>

#include "snapshot/node.h"

#define PATH_TEXT_MAX 1024

struct match {
	const struct root *root;
	int (*visit)(const char *path, void *arg);
	void *arg;
};

/* Whatever is there, this process sees none of it. */
static bool is_shortage(int error)
{
	return error == -EMFILE || error == -ENFILE || error == -ENOMEM;
}

/* @done is a path that is there, @rest the parts of the pattern that follow it. */
static int match_rest(const struct match *match, const char *done, const char *rest)
{
	_cleanup_names_ struct names names = {0};
	char directory[PATH_TEXT_MAX], part[256];
	const char *star = strchr(rest, '*'), *end;
	int r, fixed;

	if (!star) {
		snprintf(directory, sizeof(directory), "%s%s", done, rest);
		return root_is_absent(match->root, directory) ? 0
							      : match->visit(directory, match->arg);
	}
	while (star > rest && star[-1] != '/')
		star--;
	fixed = (int)(star - rest);
	end = star + strcspn(star, "/");
	snprintf(part, sizeof(part), "%.*s", (int)(end - star), star);
	if (snprintf(directory, sizeof(directory), "%s%.*s", done, fixed, rest) >=
	    (int)sizeof(directory))
		return 0;
	r = names_read(match->root, directory, &names);
	if (r < 0)
		return is_shortage(r) ? r : 0;
	for (size_t i = 0; i < names.count && r == 0; i++) {
		char path[PATH_TEXT_MAX];

		if (fnmatch(part, names.list[i], 0) == 0 &&
		    snprintf(path, sizeof(path), "%s%s", directory, names.list[i]) <
			    (int)sizeof(path))
			r = match_rest(match, path, end);
	}
	return r;
}

int match_each(const struct root *root, const char *pattern,
	       int (*visit)(const char *path, void *arg), void *arg)
{
	const struct match match = {root, visit, arg};

	return match_rest(&match, "", pattern);
}
