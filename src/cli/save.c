// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/save.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/write_all.h"

#define TEMPORARY_TRIES 100

/* Where the bytes go: straight to @path, or through a temporary file in @directory. */
struct destination {
	bool direct;
	char path[PATH_MAX];
	char directory[PATH_MAX];
	char temporary[NAME_MAX];
	int directory_fd;
};

static void destination_close(const struct destination *destination)
{
	if (destination->directory_fd >= 0)
		close(destination->directory_fd);
}

#define _cleanup_destination_ _cleanup_(destination_close)

/* Replacing such a name would tear it off the descriptor it stands for. */
static bool names_descriptor(const char *path)
{
	return streq(path, "/dev/stdout") || streq(path, "/dev/stderr") ||
	       starts_with(path, "/dev/fd/") || starts_with(path, "/proc/");
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

static int destination_find(const char *path, struct destination *destination)
{
	struct stat status;
	int r;

	*destination = (struct destination){.directory_fd = -1};
	if (!*path)
		return -ENOENT;
	if (stat(path, &status) == 0) {
		if (S_ISDIR(status.st_mode))
			return -EISDIR;
		destination->direct = !S_ISREG(status.st_mode) || names_descriptor(path);
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

/* Returns the descriptor of a new file in the directory, or -errno. */
static int open_temporary(struct destination *destination)
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

/* Fills the temporary file and gives it its name; an old file's mode stays. */
static int fill_and_rename(const struct destination *destination, int fd, const char *text,
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

static int begin_direct(const char *path, const char *text, size_t length_bytes, struct save *out)
{
	int r = outlet_open_path(path, &out->outlet);

	if (r == 0)
		r = outlet_put(&out->outlet, text, length_bytes, out->until_ns);
	if (r < 0)
		save_close(out);
	return r;
}

static int begin_in_place(struct destination *destination, const char *text, size_t length_bytes,
			  struct save *out)
{
	int r;

	out->fd = open_temporary(destination);
	if (out->fd < 0)
		return out->fd;
	r = fill_and_rename(destination, out->fd, text, length_bytes);
	if (r < 0) {
		unlinkat(destination->directory_fd, destination->temporary, 0);
		save_close(out);
		return r;
	}
	/* File systems that cannot sync a directory say EINVAL. */
	if (fsync(destination->directory_fd) < 0 && errno != EINVAL) {
		r = -errno;
		save_close(out);
	}
	return r;
}

int save_begin(const char *path, const char *text, size_t length_bytes, struct save *out)
{
	_cleanup_destination_ struct destination destination;
	int r = destination_find(path, &destination);

	if (r < 0)
		return r;
	return destination.direct ? begin_direct(destination.path, text, length_bytes, out)
				  : begin_in_place(&destination, text, length_bytes, out);
}

static int end_last_line(int fd)
{
	off_t end_bytes = lseek(fd, 0, SEEK_END);
	char last = '\n';

	if (end_bytes > 0 && pread(fd, &last, 1, end_bytes - 1) != 1)
		return -EIO;
	return last == '\n' ? 0 : write_all(fd, "\n", 1);
}

static int continue_file(const char *path, struct save *out)
{
	struct stat status;

	out->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
	if (out->fd < 0 || fstat(out->fd, &status) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -ENOTSUP;
	out->path = path;
	return end_last_line(out->fd);
}

int save_continue(const char *path, struct save *out)
{
	struct stat status;
	bool regular = stat(path, &status) < 0 || S_ISREG(status.st_mode);
	int r = regular ? continue_file(path, out) : outlet_open_path(path, &out->outlet);

	if (r < 0)
		save_close(out);
	return r;
}

static bool same_inode(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Takes the place of @save when it is a file. What waits for a reader is not waited for. */
static int reopen(struct save *save, mode_t mode)
{
	_cleanup_save_ struct save again = SAVE_INIT;
	struct stat status;
	int r;

	again.fd = open(save->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
			mode);
	if (again.fd < 0 || fstat(again.fd, &status) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -ENOTSUP;
	r = end_last_line(again.fd);
	if (r < 0)
		return r;
	save_close(save);
	save->fd = again.fd;
	again.fd = -1;
	return 0;
}

/* What was appended so far is whole and on disk, under whatever name. */
static int follow_rotation(struct save *save)
{
	struct stat ours, named;

	if (fstat(save->fd, &ours) < 0)
		return -errno;
	if (stat(save->path, &named) == 0 && same_inode(&ours, &named))
		return 0;
	return reopen(save, ours.st_mode & 0777);
}

/* Half a step is of no use to anybody. Where somebody else has cut more, it stays cut. */
static int cut_back(int fd, off_t end_bytes)
{
	struct stat status;

	if (end_bytes < 0 || fstat(fd, &status) < 0)
		return -EIO;
	return status.st_size > end_bytes && ftruncate(fd, end_bytes) < 0 ? -errno : 0;
}

static int append_in_place(struct save *save, const char *text, size_t length_bytes)
{
	int cut, r = save->path ? follow_rotation(save) : 0;
	off_t end_bytes;

	if (r < 0)
		return r;
	end_bytes = lseek(save->fd, 0, SEEK_END);
	r = write_all(save->fd, text, length_bytes);
	if (r == 0 && fdatasync(save->fd) < 0)
		r = -errno;
	if (r == 0)
		return 0;
	cut = cut_back(save->fd, end_bytes);
	return cut < 0 ? cut : r;
}

int save_append(struct save *save, const char *text, size_t length_bytes)
{
	return save->outlet.fd >= 0 ? outlet_put(&save->outlet, text, length_bytes, save->until_ns)
				    : append_in_place(save, text, length_bytes);
}

int save_end(struct save *save)
{
	struct stat status;
	int r = save->outlet.fd >= 0 ? outlet_finish(&save->outlet) : 0;

	outlet_close(&save->outlet);
	if (save->fd >= 0 && fstat(save->fd, &status) == 0 && status.st_nlink == 0)
		r = -EIDRM;
	if (save->fd >= 0 && close(save->fd) < 0 && r == 0)
		r = -errno;
	save->fd = -1;
	return r;
}

void save_close(struct save *save)
{
	outlet_close(&save->outlet);
	if (save->fd >= 0)
		close(save->fd);
	save->fd = -1;
}

int save_file(const char *path, const char *text, size_t length_bytes)
{
	struct save save = SAVE_INIT;
	int r = save_begin(path, text, length_bytes, &save);

	return r < 0 ? r : save_end(&save);
}

int save_prepare(const char *path)
{
	_cleanup_destination_ struct destination destination;
	int r = destination_find(path, &destination);
	int fd;

	if (r < 0)
		return r;
	fd = destination.direct
		     ? open(destination.path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
		     : open_temporary(&destination);
	if (fd < 0)
		return destination.direct ? -errno : fd;
	close(fd);
	if (!destination.direct)
		unlinkat(destination.directory_fd, destination.temporary, 0);
	return 0;
}

bool save_same(const char *a, const char *b)
{
	_cleanup_destination_ struct destination of_a = {.directory_fd = -1};
	_cleanup_destination_ struct destination of_b = {.directory_fd = -1};
	struct stat status_a, status_b;

	if (destination_find(a, &of_a) < 0 || destination_find(b, &of_b) < 0 ||
	    of_a.direct != of_b.direct)
		return false;
	if (of_a.direct)
		return stat(of_a.path, &status_a) == 0 && stat(of_b.path, &status_b) == 0 &&
		       same_inode(&status_a, &status_b);
	return fstat(of_a.directory_fd, &status_a) == 0 &&
	       fstat(of_b.directory_fd, &status_b) == 0 && same_inode(&status_a, &status_b) &&
	       streq(base_name(&of_a), base_name(&of_b));
}
