// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/groups.h"

#include <errno.h>
#include <limits.h>

#include "snapshot/node.h"

#define GROUPS "sys/kernel/iommu_groups"

static int add_group(struct snapshot *snapshot, int groups_fd, const char *name)
{
	unsigned long id;
	struct group *group;
	char path[300], type[sizeof(group->type)];
	int r;

	errno = 0;
	id = strtoul(name, NULL, 10);
	if (errno || id > INT_MAX)
		return 0;
	group = snapshot_add_group(snapshot, (int)id);
	if (!group)
		return -ENOMEM;
	snprintf(path, sizeof(path), "%s/type", name);
	r = node_read_line(groups_fd, path, type, sizeof(type));
	if (r == 0)
		strcpy(group->type, type);
	else if (r == -EACCES || r == -EPERM)
		return snapshot_note(snapshot, "the domain type of IOMMU groups could not be read "
					       "(only root may)");
	else if (r != -ENOENT)
		return snapshot_note(snapshot, GROUPS "/%s: %s", path, strerror(-r));
	return 0;
}

int groups_read(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, GROUPS);
	const struct dirent *entry;
	int r = 0;

	if (!dir && errno != ENOENT)
		return snapshot_note(snapshot, GROUPS ": %s", strerror(errno));
	while (dir && r == 0 && (entry = readdir(dir)))
		if (node_is_number(entry->d_name))
			r = add_group(snapshot, dirfd(dir), entry->d_name);
	return r;
}

static void drop_duplicates(struct snapshot *snapshot)
{
	size_t kept = 0;

	for (size_t i = 0; i < snapshot->group_count; i++)
		if (!kept || snapshot->groups[kept - 1].id != snapshot->groups[i].id)
			snapshot->groups[kept++] = snapshot->groups[i];
	snapshot->group_count = kept;
}

int groups_complete(struct snapshot *snapshot)
{
	size_t listed = snapshot->group_count;

	snapshot_sort(snapshot);
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct snapshot known = {.groups = snapshot->groups, .group_count = listed};
		int id = snapshot->functions[i].group;

		if (id == NO_GROUP || snapshot_group(&known, id))
			continue;
		if (!snapshot_add_group(snapshot, id))
			return -ENOMEM;
	}
	if (snapshot->group_count == listed)
		return 0;
	snapshot_sort(snapshot);
	drop_duplicates(snapshot);
	return 0;
}
