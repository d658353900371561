// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/blocks.h"

#include <errno.h>

#include "base/array.h"
#include "snapshot/node.h"

#define BLOCK "sys/class/block"
#define SUBSYSTEMS "sys/class/nvme-subsystem"
#define PATH_TEXT_MAX 512

static int add_path(struct block *block, const char *path)
{
	char **slot = ARRAY_APPEND(block->paths, block->path_count);

	if (!slot)
		return -ENOMEM;
	*slot = strdup(path);
	return *slot ? 0 : -ENOMEM;
}

/*
 * The namespace of a multipath NVMe subsystem hangs off the subsystem, which is virtual; links in
 * its directory lead to the controllers.
 */
int nvme_controller_paths(const struct root *root, const char *path, struct names *paths)
{
	const char *name = strstr(path, NVME_SUBSYSTEM_COMPONENT);
	char directory[PATH_TEXT_MAX], target[NODE_TEXT_MAX], **slot;
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;

	if (!name)
		return 0;
	name += strlen(NVME_SUBSYSTEM_COMPONENT);
	snprintf(directory, sizeof(directory), SUBSYSTEMS "/%.*s", (int)strcspn(name, "/"), name);
	dir = root_open_dir(root, directory);
	while (dir && (entry = readdir(dir))) {
		if (!starts_with(entry->d_name, "nvme") ||
		    !node_is_number(entry->d_name + strlen("nvme")) ||
		    node_read_link(dirfd(dir), entry->d_name, target, sizeof(target)) < 0)
			continue;
		slot = ARRAY_APPEND(paths->list, paths->count);
		if (!slot)
			return -ENOMEM;
		*slot = strdup(target);
		if (!*slot)
			return -ENOMEM;
	}
	return 0;
}

static int add_controllers(const struct root *root, struct block *block, const char *path)
{
	_cleanup_names_ struct names paths = {0};
	int r;

	if (!strstr(path, NVME_SUBSYSTEM_COMPONENT))
		return 0;
	r = nvme_controller_paths(root, path, &paths);
	for (size_t i = 0; r == 0 && i < paths.count; i++)
		r = add_path(block, paths.list[i]);
	block->lost_paths = paths.count == 0;
	return r;
}

static void read_label(const struct root *root, struct block *block)
{
	char path[PATH_TEXT_MAX], name[64];

	strcpy(block->label, block->name);
	if (!starts_with(block->name, "dm-"))
		return;
	snprintf(path, sizeof(path), BLOCK "/%s/dm/name", block->name);
	if (root_read_line(root, path, name, sizeof(name)) == 0)
		snprintf(block->label, sizeof(block->label), "%s (%s)", block->name, name);
}

static int read_block(const struct root *root, struct block *block)
{
	char path[PATH_TEXT_MAX], target[NODE_TEXT_MAX], number[32];
	int r;

	snprintf(path, sizeof(path), BLOCK "/%s", block->name);
	r = root_read_link(root, path, target, sizeof(target));
	if (r < 0)
		return r;
	snprintf(path, sizeof(path), BLOCK "/%s/dev", block->name);
	if (root_read_line(root, path, number, sizeof(number)) == 0)
		block->has_number = sscanf(number, "%u:%u", &block->major, &block->minor) == 2;
	read_label(root, block);
	snprintf(path, sizeof(path), BLOCK "/%s/bcache", block->name);
	block->has_bcache = !root_is_absent(root, path);
	r = add_path(block, target);
	return r < 0 ? r : add_controllers(root, block, target);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct block *)a)->name, ((const struct block *)b)->name);
}

static int compare_numbers(const void *a, const void *b)
{
	const struct block *one = *(struct block *const *)a, *other = *(struct block *const *)b;

	if (one->major != other->major)
		return one->major < other->major ? -1 : 1;
	return (one->minor > other->minor) - (one->minor < other->minor);
}

static int sort(struct blocks *blocks)
{
	if (!blocks->count)
		return 0;
	qsort(blocks->list, blocks->count, sizeof(*blocks->list), compare_names);
	blocks->by_number = calloc(blocks->count, sizeof(struct block *));
	if (!blocks->by_number)
		return -ENOMEM;
	for (size_t i = 0; i < blocks->count; i++)
		if (blocks->list[i].has_number)
			blocks->by_number[blocks->number_count++] = &blocks->list[i];
	if (blocks->number_count)
		qsort(blocks->by_number, blocks->number_count, sizeof(struct block *),
		      compare_numbers);
	return 0;
}

int blocks_read(const struct root *root, struct blocks *blocks)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, BLOCK);
	const struct dirent *entry;

	if (!dir)
		return -errno;
	while ((entry = readdir(dir))) {
		struct block *block;
		int r;

		if (node_is_dot(entry->d_name))
			continue;
		if (strlen(entry->d_name) >= BLOCK_NAME_MAX)
			return -EOVERFLOW;
		block = ARRAY_APPEND(blocks->list, blocks->count);
		if (!block)
			return -ENOMEM;
		strcpy(block->name, entry->d_name);
		r = read_block(root, block);
		if (r < 0 && r != -ENOENT)
			return r;
	}
	return sort(blocks);
}

struct block *blocks_find(const struct blocks *blocks, const char *name)
{
	struct block key = {0};

	if (!blocks->count || strlen(name) >= sizeof(key.name))
		return NULL;
	strcpy(key.name, name);
	return bsearch(&key, blocks->list, blocks->count, sizeof(key), compare_names);
}

struct block *blocks_find_number(const struct blocks *blocks, unsigned int major,
				 unsigned int minor)
{
	const struct block key = {.major = major, .minor = minor}, *wanted = &key;
	struct block **found;

	if (!blocks->number_count)
		return NULL;
	found = bsearch(&wanted, blocks->by_number, blocks->number_count, sizeof(struct block *),
			compare_numbers);
	return found ? *found : NULL;
}

void blocks_apply_opens(struct blocks *blocks, const struct opens *opens)
{
	for (size_t i = 0; i < opens->count; i++) {
		const struct opened *opened = &opens->list[i];
		struct block *block = NULL;

		if (opened->kind == OPEN_BLOCK)
			block = blocks_find_number(blocks, opened->major, opened->minor);
		if (block)
			block->opened = opened;
	}
}

void blocks_free(struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->count; i++) {
		for (size_t k = 0; k < blocks->list[i].path_count; k++)
			free(blocks->list[i].paths[k]);
		free(blocks->list[i].paths);
	}
	free(blocks->list);
	free(blocks->by_number);
	*blocks = (struct blocks){0};
}
