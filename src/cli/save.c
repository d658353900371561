// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/write_all.h"
#include "cli/destination.h"

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

	out->fd = destination_open_temporary(destination);
	if (out->fd < 0)
		return out->fd;
	r = destination_fill(destination, out->fd, text, length_bytes);
	if (r < 0) {
		destination_remove_temporary(destination);
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

/* What waits for a reader is not waited for. On failure something may be open. */
static int open_to_append(const char *path, mode_t mode, struct save *out)
{
	struct stat status;

	out->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, mode);
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
	int r = regular ? open_to_append(path, 0666, out) : outlet_open_path(path, &out->outlet);

	if (r < 0)
		save_close(out);
	return r;
}

/* Takes the place of @save when it is a file. */
static int reopen(struct save *save, mode_t mode)
{
	_cleanup_save_ struct save again = SAVE_INIT;
	int r = open_to_append(save->path, mode, &again);

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
	if (stat(save->path, &named) == 0 && named.st_dev == ours.st_dev &&
	    named.st_ino == ours.st_ino)
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
	if (destination.named_pipe)
		return -ESPIPE;
	fd = destination.direct
		     ? open(destination.path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
		     : destination_open_temporary(&destination);
	if (fd < 0)
		return destination.direct ? -errno : fd;
	close(fd);
	if (!destination.direct)
		destination_remove_temporary(&destination);
	return 0;
}

bool save_same(const char *a, const char *b)
{
	_cleanup_destination_ struct destination of_a = DESTINATION_INIT, of_b = DESTINATION_INIT;

	return destination_find(a, &of_a) == 0 && destination_find(b, &of_b) == 0 &&
	       destination_same(&of_a, &of_b);
}
