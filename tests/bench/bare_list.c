// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: bare_list TREE
 * What `list` is measured against: opens and reads the files that hold what it shows, of each
 * function and group, by their full paths, and does nothing else.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t total;

static void read_file(const char *path)
{
	char bytes[4096];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return;
	got = read(fd, bytes, sizeof(bytes));
	total += got > 0 ? (size_t)got : 0;
	close(fd);
}

static void read_link(const char *path)
{
	char target[4096];
	ssize_t got = readlink(path, target, sizeof(target));

	total += got > 0 ? (size_t)got : 0;
}

static void read_below(const char *folder, const char *const *files, const char *const *links)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char path[4096];

	if (!dir) {
		perror(folder);
		exit(1);
	}
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		for (size_t i = 0; files[i]; i++) {
			snprintf(path, sizeof(path), "%s/%s/%s", folder, entry->d_name, files[i]);
			read_file(path);
		}
		for (size_t i = 0; links[i]; i++) {
			snprintf(path, sizeof(path), "%s/%s%s", folder, entry->d_name, links[i]);
			read_link(path);
		}
	}
	closedir(dir);
}

int main(int argc, char **argv)
{
	static const char *const files[] = {
		"vendor",	"device", "class",    "config",	      "removable",
		"reset_method", "reset",  "boot_vga", "sriov_numvfs", NULL};
	static const char *const links[] = {"", "/driver", "/physfn", "/iommu_group", NULL};
	static const char *const group_files[] = {"type", NULL};
	static const char *const no_links[] = {NULL};
	char folder[2048];

	if (argc != 2) {
		fprintf(stderr, "usage: bare_list TREE\n");
		return 2;
	}
	snprintf(folder, sizeof(folder), "%s/sys/bus/pci/devices", argv[1]);
	read_below(folder, files, links);
	snprintf(folder, sizeof(folder), "%s/sys/kernel/iommu_groups", argv[1]);
	read_below(folder, group_files, no_links);
	return total == 0;
}
