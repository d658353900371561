// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/process.h"

#include <errno.h>

#include "snapshot/node.h"

int process_for_each(const struct root *root, int (*visit)(const char *directory, void *arg),
		     void *arg)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, "proc");
	const struct dirent *entry;
	int r = 0;

	if (!dir)
		return -errno;
	while (r == 0 && (entry = readdir(dir))) {
		char directory[300];

		if (!node_is_number(entry->d_name))
			continue;
		snprintf(directory, sizeof(directory), "proc/%s", entry->d_name);
		r = visit(directory, arg);
	}
	return r;
}
