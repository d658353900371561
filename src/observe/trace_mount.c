// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace_mount.h"

#include <errno.h>
#include <limits.h>
#include <mntent.h>
#include <sys/mount.h>
#include <tracefs.h>

/* libtracefs mounts on its own where nothing is, and then nobody would know whom to blame. */
static int use_directory(char *path)
{
	errno = ENOMEM;
	return tracefs_set_tracing_dir(path) < 0 ? -errno : 0;
}

/* Looks for tracefs at @wanted, or anywhere. Returns 0 with the mount point, -ENOENT, or -errno. */
static int find_mount(const char *wanted, char path[PATH_MAX])
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	struct mntent *entry;
	int r = -ENOENT;

	if (!mounts)
		return -errno;
	while ((entry = getmntent(mounts))) {
		if (!streq(entry->mnt_type, "tracefs") ||
		    (wanted && !streq(wanted, entry->mnt_dir)))
			continue;
		snprintf(path, PATH_MAX, "%s", entry->mnt_dir);
		r = 0;
		break;
	}
	endmntent(mounts);
	return r;
}

bool trace_mount_missing(void)
{
	char path[PATH_MAX];

	return find_mount(NULL, path) == -ENOENT;
}

int trace_mount(bool may, bool *mounted)
{
	char path[PATH_MAX] = TRACE_MOUNT_POINT;
	int r = find_mount(NULL, path);

	*mounted = false;
	if (r == 0)
		return use_directory(path);
	if (!may)
		return -ENOENT;
	if (mount("tracefs", TRACE_MOUNT_POINT, "tracefs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) <
	    0)
		return -errno;
	*mounted = true;
	return use_directory(path);
}

int trace_unmount(void)
{
	char path[PATH_MAX];

	if (find_mount(TRACE_MOUNT_POINT, path) == -ENOENT)
		return 0;
	if (umount2(TRACE_MOUNT_POINT, UMOUNT_NOFOLLOW) == 0)
		return 0;
	/* Somebody else has come to use it: then it is theirs now. */
	return errno == EBUSY ? 0 : -errno;
}
