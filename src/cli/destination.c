// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/destination.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/write_all.h"

#define TEMPORARY_TRIES 100

/* Replacing such a name would tear it off the descriptor it stands for. */
static bool names_descriptor(const char *path)
{
	return streq(path, "/dev/stdout") || streq(path, "/dev/stderr") ||
	       starts_with(path, "/dev/fd/") || starts_with(path, "/proc/");
}

/* A link to such a name too. */
static bool is_open_here(const char *path)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof(target) - 1);

	if (length < 0)
		return names_descriptor(path);
	target[length] = '\0';
	return names_descriptor(path) || names_descriptor(target);
}

static int copy_path(char *to, const char *from, size_t length)
{
	if (length >= PATH_MAX)
		return -ENAMETOOLONG;
	memcpy(to, from, length);
	to[length] = '\0';
	return 0;
}

/* A link is followed, so that it stays one. */
static int follow(const char *path, struct destination *destination)
{
	struct stat link;

	if (lstat(path, &link) < 0 || !S_ISLNK(link.st_mode))
		return copy_path(destination->path, path, strlen(path));
	return realpath(path, destination->path) ? 0 : -errno;
}

static int split_directory(struct destination *destination)
{
	const char *slash = strrchr(destination->path, '/');
	int r;

	if (slash && !slash[1])
		return -EISDIR;
	if (slash)
		r = copy_path(destination->directory, destination->path,
			      slash == destination->path ? 1 : (size_t)(slash - destination->path));
	else
		r = copy_path(destination->directory, ".", 1);
	if (r < 0)
		return r;
	destination->directory_fd =
		open(destination->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return destination->directory_fd < 0 ? -errno : 0;
}

int destination_find(const char *path, struct destination *destination)
{
	struct stat status;
	int r;

	*destination = (struct destination)DESTINATION_INIT;
	if (!*path)
		return -ENOENT;
	if (stat(path, &status) == 0) {
		if (S_ISDIR(status.st_mode))
			return -EISDIR;
		destination->direct = !S_ISREG(status.st_mode) || names_descriptor(path);
		destination->named_pipe = S_ISFIFO(status.st_mode) && !is_open_here(path);
	}
	if (destination->direct)
		return copy_path(destination->path, path, strlen(path));
	r = follow(path, destination);
	return r < 0 ? r : split_directory(destination);
}

static const char *base_name(const struct destination *destination)
{
	const char *slash = strrchr(destination->path, '/');

	return slash ? slash + 1 : destination->path;
}

int destination_open_temporary(struct destination *destination)
{
	for (unsigned int i = 0; i < TEMPORARY_TRIES; i++) {
		int fd;

		snprintf(destination->temporary, sizeof(destination->temporary),
			 ".iommu-resettest.%d.%u", (int)getpid(), i);
		fd = openat(destination->directory_fd, destination->temporary,
			    O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd >= 0 ? fd : -errno;
	}
	return -EEXIST;
}

void destination_remove_temporary(const struct destination *destination)
{
	unlinkat(destination->directory_fd, destination->temporary, 0);
}

int destination_fill(const struct destination *destination, int fd, const char *text,
		     size_t length_bytes)
{
	const char *name = base_name(destination);
	struct stat old;
	int r = write_all(fd, text, length_bytes);

	if (r == 0 && fstatat(destination->directory_fd, name, &old, 0) == 0 &&
	    fchmod(fd, old.st_mode & 0777) < 0)
		r = -errno;
	if (r == 0 && fsync(fd) < 0)
		r = -errno;
	if (r == 0 && renameat(destination->directory_fd, destination->temporary,
			       destination->directory_fd, name) < 0)
		r = -errno;
	return r;
}

static bool same_inode(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool destination_same(const struct destination *a, const struct destination *b)
{
	struct stat status_a, status_b;

	if (a->direct != b->direct)
		return false;
	if (a->direct)
		return stat(a->path, &status_a) == 0 && stat(b->path, &status_b) == 0 &&
		       same_inode(&status_a, &status_b);
	return fstat(a->directory_fd, &status_a) == 0 && fstat(b->directory_fd, &status_b) == 0 &&
	       same_inode(&status_a, &status_b) && streq(base_name(a), base_name(b));
}

void destination_close(const struct destination *destination)
{
	if (destination->directory_fd >= 0)
		close(destination->directory_fd);
}
