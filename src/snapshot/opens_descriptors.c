// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "model/bdf.h"
#include "snapshot/node.h"
#include "snapshot/opens_search.h"

#define VFIO_DIR "/dev/vfio/"
#define VFIO_DEVICE "anon_inode:[vfio-device]"
#define VFIO_SYSPATH "vfio-device-syspath:"
#define FLAGS "flags:"
#define RING "anon_inode:[io_uring]"
#define RING_FILES "\nUserFiles:"
#define RING_FILES_END "UserBufs:"
#define RING_TRIES 3
#define HOW "open in"
#define PATH_TEXT_MAX 400

/* The descriptor being looked at. */
struct descriptor {
	struct search *search;
	const char *directory; /* "proc/PID", "proc/PID/task/TID" */
	int dir_fd;	       /* its fd directory */
	const char *number;
};

/* The descriptor itself decides: device files may have any name, or none any more. */
static bool read_number(const struct descriptor *in, const char *target, struct opened *opened)
{
	struct statx status;

	if (!in->search->root->live)
		return search_read_captured(in->search->root, target, opened);
	/* A file system over the network that does not answer must not hang this. */
	if (statx(in->dir_fd, in->number, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE,
		  &status) < 0)
		return false;
	opened->kind = S_ISBLK(status.stx_mode) ? OPEN_BLOCK : OPEN_CHAR;
	opened->major = status.stx_rdev_major;
	opened->minor = status.stx_rdev_minor;
	return S_ISBLK(status.stx_mode) || S_ISCHR(status.stx_mode);
}

static int read_info(const struct descriptor *in, char **text)
{
	char path[PATH_TEXT_MAX];

	snprintf(path, sizeof(path), "%s/fdinfo/%.20s", in->directory, in->number);
	return root_read(in->search->root, path, 1U << 16, text, NULL);
}

/* What cannot be told to be open for reading alone is open for writing. */
static bool is_writable(const struct descriptor *in)
{
	_cleanup_free_ char *text = NULL;
	const char *flags;
	unsigned int value;

	if (read_info(in, &text) < 0)
		return true;
	flags = strstr(text, FLAGS);
	return !flags || sscanf(flags + strlen(FLAGS), "%o", &value) != 1 ||
	       (value & O_ACCMODE) != O_RDONLY;
}

/* vfio_device_show_fdinfo() names the device since Linux 6.16. */
static int add_vfio_device(const struct descriptor *in)
{
	struct opened opened = {.kind = OPEN_LOST};
	_cleanup_free_ char *text = NULL;
	char *line = NULL;

	in->search->has_vfio_device = true;
	if (read_info(in, &text) == 0)
		line = strstr(text, VFIO_SYSPATH);
	if (line) {
		line += strlen(VFIO_SYSPATH);
		line += strspn(line, " \t");
		line[strcspn(line, "\n")] = '\0';
		opened.kind = OPEN_VFIO_DEVICE;
		opened.path = line;
	}
	return search_add(in->search, "VFIO device", HOW, &opened);
}

static int look_at_ring(const struct descriptor *in);

static int look_at(const struct descriptor *in, char *target)
{
	struct opened opened = {.kind = OPEN_VFIO};
	char bdf[BDF_MAX];
	bool by_config;

	if (streq(target, VFIO_DEVICE))
		return add_vfio_device(in);
	if (streq(target, RING))
		return look_at_ring(in);
	if (target[0] != '/')
		return 0;
	if (search_is_function(target, bdf, &by_config)) {
		/* Whoever reads the configuration meanwhile waits, and loses nothing. */
		if (by_config && !is_writable(in))
			return 0;
		opened.kind = OPEN_PATH;
		opened.path = bdf;
		return search_add(in->search, target, HOW, &opened);
	}
	if (starts_with(target, VFIO_DIR)) {
		opened.path = target + strlen(VFIO_DIR);
		return streq(opened.path, "vfio") ? 0
						  : search_add(in->search, target, HOW, &opened);
	}
	return read_number(in, target, &opened) ? search_add(in->search, target, HOW, &opened) : 0;
}

/* "    0: /dev/sda": a file without a descriptor, by name alone. */
static int look_at_registered(const struct descriptor *in, char *line)
{
	char *path = strchr(line, '/');
	const struct descriptor file = {
		.search = in->search,
		.directory = in->directory,
		.dir_fd = in->search->root->fd,
		.number = path ? path + 1 : "",
	};

	return path ? look_at(&file, path) : 0;
}

/* The kernel leaves its files out while somebody works with the ring (io_uring_show_fdinfo()). */
static int look_at_ring(const struct descriptor *in)
{
	_cleanup_free_ char *text = NULL;
	char *next = NULL, *line;
	int r = 0;

	for (int i = 0; i < RING_TRIES && !next; i++) {
		free(text);
		text = NULL;
		if (read_info(in, &text) < 0)
			return 0;
		next = strstr(text, RING_FILES);
	}
	if (!next)
		return 0;
	next += strlen(RING_FILES);
	next += strcspn(next, "\n");
	while (r == 0 && (line = strsep(&next, "\n")) && !starts_with(line, RING_FILES_END))
		r = look_at_registered(in, line);
	return r;
}

int search_descriptors(struct search *search, const char *directory)
{
	struct descriptor descriptor = {.search = search, .directory = directory};
	char path[PATH_TEXT_MAX], target[NODE_TEXT_MAX];
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;
	int count = 0, r = 0;

	snprintf(path, sizeof(path), "%s/fd", directory);
	dir = root_open_dir(search->root, path);
	if (!dir)
		return -errno;
	descriptor.dir_fd = dirfd(dir);
	while (r == 0 && (entry = readdir(dir))) {
		if (node_is_dot(entry->d_name))
			continue;
		count++;
		descriptor.number = entry->d_name;
		r = node_read_link(descriptor.dir_fd, entry->d_name, target, sizeof(target));
		if (r == 0)
			r = look_at(&descriptor, target);
		else if (r == -EACCES || r == -EPERM)
			search_note_missed(search);
		r = r == -ENOMEM ? r : 0;
	}
	return r < 0 ? r : count;
}
