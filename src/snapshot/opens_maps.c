// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>

#include "model/bdf.h"
#include "snapshot/opens_search.h"

#define VFIO_DIR "/dev/vfio/"
#define VFIO_DEVICE "anon_inode:[vfio-device]"
#define HOW "mapped by"
#define MEMORY_MAJOR 1 /* /dev/mem */
#define MEMORY_MINOR 1
#define CHUNK_BYTES 65536
#define PATH_TEXT_MAX 400

/* A line of maps (proc_pid_maps(5)). */
struct mapping {
	const char *directory; /* "proc/PID" */
	uint64_t start, end, offset;
	char *path;
};

/* What descriptors show, a mapping shows under the same name; the number is in map_files. */
static bool read_number(const struct search *search, const struct mapping *mapping,
			struct opened *opened)
{
	char path[PATH_TEXT_MAX];
	struct statx status;

	if (!search->root->live)
		return search_read_captured(search->root, mapping->path, opened);
	snprintf(path, sizeof(path), "%s/map_files/%" PRIx64 "-%" PRIx64, mapping->directory,
		 mapping->start, mapping->end);
	if (statx(search->root->fd, path, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE,
		  &status) < 0) {
		/* It may be gone since the line was read. */
		if (errno != ENOENT && errno != ESRCH)
			search_note_missed(search);
		return false;
	}
	opened->kind = S_ISBLK(status.stx_mode) ? OPEN_BLOCK : OPEN_CHAR;
	opened->major = status.stx_rdev_major;
	opened->minor = status.stx_rdev_minor;
	return S_ISBLK(status.stx_mode) || S_ISCHR(status.stx_mode);
}

/* /dev/mem at the addresses of some function's registers */
static int add_memory(const struct search *search, const struct mapping *mapping)
{
	const struct opened opened = {
		.kind = OPEN_MEMORY,
		.start = mapping->offset,
		.end = mapping->offset + (mapping->end - mapping->start),
	};

	return search_add(search, mapping->path, HOW, &opened);
}

static int look_at(const struct search *search, const struct mapping *mapping)
{
	struct opened opened = {.kind = OPEN_LOST};
	char bdf[BDF_MAX];
	bool by_config;

	/* One that is open as well is named by its descriptor. */
	if (streq(mapping->path, VFIO_DEVICE))
		return search->has_vfio_device ? 0
					       : search_add(search, "VFIO device", HOW, &opened);
	if (search_is_function(mapping->path, bdf, &by_config)) {
		opened.kind = OPEN_PATH;
		opened.path = bdf;
		return search_add(search, mapping->path, HOW, &opened);
	}
	if (starts_with(mapping->path, VFIO_DIR)) {
		opened.kind = OPEN_VFIO;
		opened.path = mapping->path + strlen(VFIO_DIR);
		return search_add(search, mapping->path, HOW, &opened);
	}
	if (!strstr(mapping->path, "/dev/") || !read_number(search, mapping, &opened))
		return 0;
	if (opened.kind == OPEN_CHAR && opened.major == MEMORY_MAJOR &&
	    opened.minor == MEMORY_MINOR)
		return add_memory(search, mapping);
	return search_add(search, mapping->path, HOW, &opened);
}

/* Nearly all lines are of memory without a file, or of programs and libraries. */
static bool is_worth_a_look(const char *path)
{
	return (strstr(path, "/dev/") && !strstr(path, "/dev/shm/") &&
		!strstr(path, "/dev/zero")) ||
	       strstr(path, "/devices/") || strstr(path, "/bus/pci/") || streq(path, VFIO_DEVICE);
}

static int read_line(const struct search *search, const char *directory, char *line)
{
	struct mapping mapping = {.directory = directory, .path = strpbrk(line, "/")};
	char *vfio = strstr(line, VFIO_DEVICE);

	if (vfio)
		mapping.path = vfio;
	if (!mapping.path || !is_worth_a_look(mapping.path))
		return 0;
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %" SCNx64, &mapping.start, &mapping.end,
		   &mapping.offset) != 3) {
		search_note_missed(search);
		return 0;
	}
	return look_at(search, &mapping);
}

/* Handles the whole lines of @text and moves the rest to its beginning; returns its length. */
static int read_lines(const struct search *search, const char *directory, char *text,
		      size_t *length_bytes, int *count)
{
	char *at = text, *end = text + *length_bytes, *newline;
	int r = 0;

	while (r == 0 && (newline = memchr(at, '\n', (size_t)(end - at)))) {
		*newline = '\0';
		r = read_line(search, directory, at);
		at = newline + 1;
		++*count;
	}
	*length_bytes = (size_t)(end - at);
	memmove(text, at, *length_bytes);
	return r;
}

int search_maps(struct search *search, const char *directory)
{
	_cleanup_free_ char *text = malloc(CHUNK_BYTES);
	_cleanup_close_ int fd = -1;
	char path[PATH_TEXT_MAX];
	size_t length = 0;
	int count = 0, r = 0;

	if (!text)
		return -ENOMEM;
	snprintf(path, sizeof(path), "%s/maps", directory);
	fd = root_open_file(search->root, path, O_RDONLY);
	if (fd < 0)
		return fd;
	while (r == 0) {
		ssize_t got = read(fd, text + length, CHUNK_BYTES - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		length += (size_t)got;
		r = read_lines(search, directory, text, &length, &count);
		/* No line of the kernel is as long as that. */
		if (length == CHUNK_BYTES)
			return -EINVAL;
	}
	return r < 0 ? r : count;
}
