// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/livepatch.h"

#include <stdio.h>
#include <string.h>

#define LIVEPATCH_PATH "sys/kernel/livepatch"

/* The names of prepare, done and their callers have these; a few more than need be do no harm. */
static bool is_of_reset(const char *name)
{
	return (strstr(name, "pci") || strstr(name, "cxl") || strstr(name, "iommu")) &&
	       (strstr(name, "reset") || strstr(name, "flr"));
}

/* Each is a directory "function,position". */
static bool find_function(const struct root *root, const char *patch, char *name, size_t size_bytes)
{
	char path[320];
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	snprintf(path, sizeof(path), LIVEPATCH_PATH "/%.255s/vmlinux", patch);
	dir = root_open_dir(root, path);
	if (!dir)
		return false;
	while (!found && (entry = readdir(dir))) {
		found = is_of_reset(entry->d_name);
		if (found)
			snprintf(name, size_bytes, "%.*s", (int)strcspn(entry->d_name, ","),
				 entry->d_name);
	}
	closedir(dir);
	return found;
}

/* One that was taken back stays listed until its module goes. */
static bool is_disabled(const struct root *root, const char *patch)
{
	char path[320];
	uint64_t enabled;

	snprintf(path, sizeof(path), LIVEPATCH_PATH "/%.255s/enabled", patch);
	return root_read_u64(root, path, &enabled) == 0 && enabled == 0;
}

bool livepatch_replaces_reset(const struct root *root, char *name, size_t size_bytes)
{
	DIR *dir = root_open_dir(root, LIVEPATCH_PATH);
	struct dirent *entry;
	bool found = false;

	if (!dir)
		return false;
	while (!found && (entry = readdir(dir)))
		found = entry->d_name[0] != '.' && !is_disabled(root, entry->d_name) &&
			find_function(root, entry->d_name, name, size_bytes);
	closedir(dir);
	return found;
}
