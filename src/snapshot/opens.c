// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/opens.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/array.h"
#include "snapshot/node.h"
#include "snapshot/process.h"

#define VFIO_DIR "/dev/vfio/"
#define VFIO_DEVICE "anon_inode:[vfio-device]"
#define VFIO_SYSPATH "vfio-device-syspath:"
#define PATH_TEXT_MAX 400

struct search {
	const struct root *root;
	struct opens *opens;
	const char *process; /* "proc/PID" */
	int dir_fd;	     /* its fd directory */
};

static bool same(const struct opened *one, const struct opened *other)
{
	if (one->kind != other->kind || one->major != other->major || one->minor != other->minor)
		return false;
	return !one->path || !other->path ? one->path == other->path
					  : streq(one->path, other->path);
}

/* "812 (smartd)" */
static void name_process(const struct search *search, char *name, size_t size_bytes)
{
	char path[PATH_TEXT_MAX], command[64];

	snprintf(path, sizeof(path), "%s/comm", search->process);
	if (root_read_line(search->root, path, command, sizeof(command)) < 0)
		strcpy(command, "?");
	snprintf(name, size_bytes, "%.12s (%.40s)", search->process + strlen("proc/"), command);
}

static void note_missed(const struct search *search)
{
	if (!search->opens->missed[0])
		name_process(search, search->opens->missed, sizeof(search->opens->missed));
}

static void describe(const struct search *search, const char *name, struct opened *opened)
{
	char process[64];

	name_process(search, process, sizeof(process));
	snprintf(opened->what, sizeof(opened->what), "%.80s open in process %s", name, process);
}

/* @wanted->path is borrowed. */
static int add(const struct search *search, const char *name, const struct opened *wanted)
{
	struct opens *opens = search->opens;
	struct opened *opened;

	for (size_t i = 0; i < opens->count; i++)
		if (same(&opens->list[i], wanted)) {
			opens->list[i].more++;
			return 0;
		}
	opened = ARRAY_APPEND(opens->list, opens->count);
	if (!opened)
		return -ENOMEM;
	*opened = *wanted;
	if (wanted->path) {
		opened->path = strdup(wanted->path);
		if (!opened->path)
			return -ENOMEM;
	}
	describe(search, name, opened);
	return 0;
}

/* What a device file of a captured tree stands for. */
static bool read_captured(const struct root *root, const char *target, struct opened *opened)
{
	char line[32], kind;

	if (!starts_with(target, "/dev/") ||
	    root_read_line(root, target + 1, line, sizeof(line)) < 0 ||
	    sscanf(line, "%c %u:%u", &kind, &opened->major, &opened->minor) != 3)
		return false;
	opened->kind = kind == 'b' ? OPEN_BLOCK : OPEN_CHAR;
	return kind == 'b' || kind == 'c';
}

/* The descriptor itself decides: device files may have any name, or none any more. */
static bool read_number(const struct search *search, const char *descriptor, const char *target,
			struct opened *opened)
{
	struct statx status;

	if (!search->root->live)
		return read_captured(search->root, target, opened);
	/* A file system over the network that does not answer must not hang this. */
	if (statx(search->dir_fd, descriptor, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE,
		  &status) < 0)
		return false;
	opened->kind = S_ISBLK(status.stx_mode) ? OPEN_BLOCK : OPEN_CHAR;
	opened->major = status.stx_rdev_major;
	opened->minor = status.stx_rdev_minor;
	return S_ISBLK(status.stx_mode) || S_ISCHR(status.stx_mode);
}

/* vfio_device_show_fdinfo() names the device since Linux 6.16. */
static int add_vfio_device(const struct search *search, const char *descriptor)
{
	struct opened opened = {.kind = OPEN_LOST};
	_cleanup_free_ char *text = NULL;
	char path[PATH_TEXT_MAX], *line = NULL;

	snprintf(path, sizeof(path), "%s/fdinfo/%.20s", search->process, descriptor);
	if (root_read(search->root, path, 1U << 16, &text, NULL) == 0)
		line = strstr(text, VFIO_SYSPATH);
	if (line) {
		line += strlen(VFIO_SYSPATH);
		line += strspn(line, " \t");
		line[strcspn(line, "\n")] = '\0';
		opened.kind = OPEN_VFIO_DEVICE;
		opened.path = line;
	}
	return add(search, "VFIO device", &opened);
}

/* User space drivers map the resource files of sysfs. */
static bool is_resource(const char *target)
{
	const char *name = strrchr(target, '/');

	return starts_with(target, "/sys/") && starts_with(name + 1, "resource");
}

static int look_at(const struct search *search, const char *descriptor, char *target)
{
	struct opened opened = {.kind = OPEN_VFIO};

	if (streq(target, VFIO_DEVICE))
		return add_vfio_device(search, descriptor);
	if (target[0] != '/')
		return 0;
	if (is_resource(target)) {
		opened.kind = OPEN_PATH;
		opened.path = target;
		return add(search, target, &opened);
	}
	if (starts_with(target, VFIO_DIR)) {
		opened.path = target + strlen(VFIO_DIR);
		return streq(opened.path, "vfio") ? 0 : add(search, target, &opened);
	}
	return read_number(search, descriptor, target, &opened) ? add(search, target, &opened) : 0;
}

/* Returns how many descriptors there were, or -errno. */
static int read_descriptors(struct search *search, const char *directory)
{
	char path[PATH_TEXT_MAX], target[NODE_TEXT_MAX];
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;
	int count = 0, r = 0;

	snprintf(path, sizeof(path), "%s/fd", directory);
	dir = root_open_dir(search->root, path);
	if (!dir)
		return -errno;
	search->dir_fd = dirfd(dir);
	while (r == 0 && (entry = readdir(dir))) {
		if (node_is_dot(entry->d_name))
			continue;
		count++;
		r = node_read_link(search->dir_fd, entry->d_name, target, sizeof(target));
		if (r == 0)
			r = look_at(search, entry->d_name, target);
		else if (r == -EACCES || r == -EPERM)
			note_missed(search);
		r = r == -ENOMEM ? r : 0;
	}
	return r < 0 ? r : count;
}

/* A first thread that has ended shows no descriptors, while the others still use them. */
static int read_threads(struct search *search)
{
	_cleanup_names_ struct names threads = {0};
	char path[PATH_TEXT_MAX];
	int r;

	snprintf(path, sizeof(path), "%s/task", search->process);
	r = names_read(search->root, path, &threads);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; r >= 0 && i < threads.count; i++) {
		snprintf(path, sizeof(path), "%s/task/%.20s", search->process, threads.list[i]);
		r = read_descriptors(search, path);
		r = r == -ENOMEM ? r : 0;
	}
	return r;
}

static int visit_process(const char *directory, void *arg)
{
	struct search *search = arg;
	int r;

	search->process = directory;
	r = read_descriptors(search, directory);
	if (r >= 0)
		search->opens->saw_any = true;
	else if (r != -ENOMEM && r != -ENOENT && r != -ESRCH)
		note_missed(search);
	if (r == -ENOMEM || r > 0)
		return r < 0 ? r : 0;
	return read_threads(search);
}

int opens_read(const struct root *root, struct opens *opens)
{
	struct search search = {.root = root, .opens = opens};

	return process_for_each(root, visit_process, &search);
}

void opened_describe(const struct opened *opened, char *text, size_t size_bytes)
{
	if (opened->more)
		snprintf(text, size_bytes, "%s and %zu more", opened->what, opened->more);
	else
		snprintf(text, size_bytes, "%s", opened->what);
}

void opens_free(struct opens *opens)
{
	for (size_t i = 0; i < opens->count; i++)
		free(opens->list[i].path);
	free(opens->list);
	*opens = (struct opens){0};
}
