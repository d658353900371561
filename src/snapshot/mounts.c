// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/mounts.h"

#include <errno.h>

#include "base/array.h"
#include "snapshot/process.h"

#define MOUNTINFO_MAX_BYTES (64U << 20)
#define NAMESPACE_MAX 64

void mounts_unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from; to++) {
		unsigned int value;

		if (from[0] == '\\' && sscanf(from + 1, "%3o", &value) == 1 && value &&
		    value < 256 && strspn(from + 1, "01234567") >= 3) {
			*to = (char)value;
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
}

static char *copy_unescaped(const char *text)
{
	char *copy = strdup(text);

	if (copy)
		mounts_unescape(copy);
	return copy;
}

/* "36 35 98:0 /root /target options shared:1 - type source superoptions" */
static int parse_line(struct mounts *mounts, char *line)
{
	char *device = NULL, *target = NULL, *type, *source, *next = line, *separator;
	unsigned int major, minor;
	struct mount *mount;

	separator = strstr(line, " - ");
	if (!separator)
		return -EINVAL;
	*separator = '\0';
	for (int field = 0; field < 5; field++) {
		char *text = strsep(&next, " ");

		if (field == 2)
			device = text;
		target = text;
	}
	next = separator + strlen(" - ");
	type = strsep(&next, " ");
	source = strsep(&next, " ");
	if (!device || !target || !source || sscanf(device, "%u:%u", &major, &minor) != 2)
		return -EINVAL;
	mount = ARRAY_APPEND(mounts->list, mounts->count);
	if (!mount)
		return -ENOMEM;
	mount->major = major;
	mount->minor = minor;
	mount->target = copy_unescaped(target);
	mount->type = copy_unescaped(type);
	mount->source = copy_unescaped(source);
	if (next && streq(type, "overlay"))
		mount->options = strdup(next);
	return mount->target && mount->type && mount->source ? 0 : -ENOMEM;
}

int mounts_parse(struct mounts *mounts, char *text)
{
	char *line;
	int r = 0;

	while (r == 0 && (line = strsep(&text, "\n")))
		if (*line)
			r = parse_line(mounts, line);
	return r;
}

int mounts_parse_swaps(struct mounts *mounts, char *text)
{
	char *line = strsep(&text, "\n"); /* the heading */

	while ((line = strsep(&text, "\n"))) {
		char *path = strsep(&line, " \t"), **slot;

		if (!*path)
			continue;
		slot = ARRAY_APPEND(mounts->swaps, mounts->swap_count);
		if (!slot)
			return -ENOMEM;
		*slot = copy_unescaped(path);
		if (!*slot)
			return -ENOMEM;
	}
	return 0;
}

struct search {
	const struct root *root;
	struct mounts *mounts;
	char (*namespaces)[NAMESPACE_MAX];
	size_t namespace_count;
	bool confined; /* process 1 has another root directory: it may see more mounts than we do */
};

/* True when the namespace was seen before; remembers it when not. */
static int seen_before(struct search *search, const char *link)
{
	char name[NAMESPACE_MAX], (*slot)[NAMESPACE_MAX];
	int r = root_read_link(search->root, link, name, sizeof(name));

	if (r < 0)
		return r;
	for (size_t i = 0; i < search->namespace_count; i++)
		if (streq(search->namespaces[i], name))
			return 1;
	slot = ARRAY_APPEND(search->namespaces, search->namespace_count);
	if (!slot)
		return -ENOMEM;
	strcpy(*slot, name);
	return 0;
}

static int visit_process(const char *directory, void *arg)
{
	struct search *search = arg;
	_cleanup_free_ char *text = NULL;
	char path[400];
	int r;

	snprintf(path, sizeof(path), "%s/ns/mnt", directory);
	r = seen_before(search, path);
	if (r == -ENOMEM)
		return r;
	if (r > 0 && !(search->confined && streq(directory, "proc/1")))
		return 0;
	snprintf(path, sizeof(path), "%s/mountinfo", directory);
	r = root_read(search->root, path, MOUNTINFO_MAX_BYTES, &text, NULL);
	if (r == -ENOMEM)
		return r;
	/* Processes end while they are looked at, and kernel threads have no mounts (EINVAL). */
	if (r == -ENOENT || r == -ESRCH || r == -EINVAL)
		return 0;
	if (r < 0) {
		search->mounts->incomplete = true;
		return 0;
	}
	r = mounts_parse(search->mounts, text);
	if (r == -EINVAL)
		search->mounts->incomplete = true;
	return r == -ENOMEM ? r : 0;
}

static int read_namespaces(const struct root *root, struct mounts *mounts)
{
	struct search search = {
		.root = root, .mounts = mounts, .confined = process_is_confined(root)};
	int r = seen_before(&search, "proc/self/ns/mnt");

	if (r != -ENOMEM)
		r = process_for_each(root, visit_process, &search);
	free(search.namespaces);
	if (r == -ENOMEM)
		return r;
	mounts->incomplete |= r < 0;
	return 0;
}

static int read_swaps(const struct root *root, struct mounts *mounts)
{
	_cleanup_free_ char *text = NULL;
	int r = root_read(root, "proc/swaps", MOUNTINFO_MAX_BYTES, &text, NULL);

	if (r == -ENOENT && root->live)
		return 0; /* a kernel without swap */
	return r < 0 ? r : mounts_parse_swaps(mounts, text);
}

int mounts_read(const struct root *root, struct mounts *mounts, const char **what)
{
	_cleanup_free_ char *text = NULL;
	int r;

	*what = "/proc/self/mountinfo";
	r = root_read(root, "proc/self/mountinfo", MOUNTINFO_MAX_BYTES, &text, NULL);
	if (r == 0)
		r = mounts_parse(mounts, text);
	if (r < 0)
		return r;
	mounts->own_count = mounts->count;
	*what = "/proc/swaps";
	r = read_swaps(root, mounts);
	return r < 0 ? r : read_namespaces(root, mounts);
}

bool mount_is_remote(const struct mount *mount)
{
	static const char *const types[] = {"nfs", "nfs4", "cifs", "smb3", "ceph", "afs"};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (streq(mount->type, types[i]))
			return true;
	return false;
}

size_t mount_covers(const struct mount *mount, const char *path)
{
	size_t length = strlen(mount->target);

	if (streq(mount->target, "/"))
		return 1;
	return starts_with(path, mount->target) && (path[length] == '/' || !path[length]) ? length
											  : 0;
}

size_t mounts_cover(const struct mounts *mounts, const char *path)
{
	size_t longest = 1;

	for (size_t i = 0; i < mounts->count; i++) {
		size_t length = mount_covers(&mounts->list[i], path);

		if (length > longest)
			longest = length;
	}
	return longest;
}

void mounts_free(struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++) {
		free(mounts->list[i].target);
		free(mounts->list[i].type);
		free(mounts->list[i].source);
		free(mounts->list[i].options);
	}
	for (size_t i = 0; i < mounts->swap_count; i++)
		free(mounts->swaps[i]);
	free(mounts->list);
	free(mounts->swaps);
	*mounts = (struct mounts){0};
}
