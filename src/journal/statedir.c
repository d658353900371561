// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/statedir.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

/* A walk from the root, one name at a time. */
struct walk {
	int fd;
	char path[PATH_MAX]; /* how far it came */
	bool create;
	char *why;
};

static int refuse(const struct walk *walk, int error, const char *what)
{
	snprintf(walk->why, WHY_MAX, "%.160s: %s", walk->path[0] ? walk->path : "/", what);
	return error;
}

static int check(const struct walk *walk, bool last)
{
	struct stat status;

	if (fstat(walk->fd, &status) < 0) {
		int r = -errno;

		return refuse(walk, r, strerror(-r));
	}
	if (status.st_uid != geteuid() && (last || status.st_uid != 0))
		return refuse(walk, -EPERM,
			      "not owned by root: its owner could replace the journal");
	if ((status.st_mode & (S_IWGRP | S_IWOTH)) && (last || !(status.st_mode & S_ISVTX)))
		return refuse(walk, -EPERM,
			      "writable by others, who could replace the journal (chmod go-w)");
	return 0;
}

static int make(const struct walk *walk, const char *name, bool last)
{
	if (mkdirat(walk->fd, name, last ? 0700 : 0755) < 0 && errno != EEXIST)
		return -errno;
	/* Where directories cannot be synced they are as lasting as they can be. */
	(void)fsync(walk->fd);
	return 0;
}

static bool is_link(int fd, const char *name)
{
	struct stat status;

	return fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

static int enter(struct walk *walk, const char *name, bool last)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	size_t used = strlen(walk->path);
	int fd, r;

	if (used + strlen(name) + 2 > sizeof(walk->path))
		return refuse(walk, -ENAMETOOLONG, strerror(ENAMETOOLONG));
	snprintf(walk->path + used, sizeof(walk->path) - used, "/%s", name);
	fd = openat(walk->fd, name, flags);
	r = fd < 0 ? -errno : 0;
	if (r == -ENOENT && walk->create) {
		r = make(walk, name, last);
		if (r == 0) {
			fd = openat(walk->fd, name, flags);
			r = fd < 0 ? -errno : 0;
		}
	}
	if (r < 0 && is_link(walk->fd, name))
		return refuse(walk, -ELOOP, "a symbolic link; give the real path (--state-dir)");
	if (r < 0)
		return refuse(walk, r, strerror(-r));
	close(walk->fd);
	walk->fd = fd;
	return check(walk, last);
}

/* Makes @path absolute. Returns 0 or -errno. */
static int absolute(const char *path, char full[PATH_MAX])
{
	char *cwd;
	int length;

	if (path[0] == '/') {
		length = snprintf(full, PATH_MAX, "%s", path);
		return length < PATH_MAX ? 0 : -ENAMETOOLONG;
	}
	cwd = getcwd(NULL, 0);
	if (!cwd)
		return -errno;
	length = snprintf(full, PATH_MAX, "%s/%s", cwd, path);
	free(cwd);
	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static int walk_down(struct walk *walk, char *full)
{
	char *name = full + strspn(full, "/");
	/* Whoever could write to / has the machine: the mode that an initramfs gave it is no sign.
	 */
	int r = *name ? 0 : check(walk, true);

	while (r == 0 && *name) {
		char *end = name + strcspn(name, "/");
		char *next = end + strspn(end, "/");

		*end = '\0';
		if (!streq(name, "."))
			r = enter(walk, name, !*next);
		name = next;
	}
	/* The last name may have been a dot. */
	return r < 0 ? r : check(walk, true);
}

int statedir_open(const char *path, bool create, char why[WHY_MAX])
{
	_cleanup_free_ struct walk *walk = calloc(1, sizeof(*walk));
	char full[PATH_MAX];
	int r;

	why[0] = '\0';
	if (!walk)
		return -ENOMEM;
	walk->create = create;
	walk->why = why;
	r = path[0] ? absolute(path, full) : -EINVAL;
	walk->fd = r == 0 ? open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : r;
	if (walk->fd < 0) {
		r = r < 0 ? r : -errno;
		snprintf(why, WHY_MAX, "'%.100s': %s", path, strerror(-r));
		return r;
	}
	r = walk_down(walk, full);
	if (r < 0) {
		close(walk->fd);
		return r;
	}
	return walk->fd;
}
