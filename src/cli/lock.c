// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/lock.h"
#include "cli/problem.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The longest reset there is may take 200 s (model/method.c). */
#define ORPHAN_WAIT_S 210
#define ORPHAN_POLL_MS 100
#define BUS "sys/bus/pci"
/* Only root can open it, so nobody else can hold it against root. */
#define BUS_FILE BUS "/rescan"
#define BUS_WAIT_MS 1000
/* Stands behind the name of a process that waits for a late reset in order to put things back. */
#define RESTORER "restorer"
/* Each name fills so many, its newline included. */
#define NAME_BYTES 60

/* When a process began, in clock ticks since boot (proc(5)); 0 when there is none that lives. */
static uint64_t start_time(const struct root *root, int pid)
{
	char path[64], line[1024];
	const char *at;
	uint64_t ticks;

	snprintf(path, sizeof(path), "proc/%d/stat", pid);
	if (root_read_line(root, path, line, sizeof(line)) < 0)
		return 0;
	/* The 22nd field; the second is in parentheses and may hold anything. */
	at = strrchr(line, ')');
	/* One that nobody waited for is dead all the same. */
	if (at && at[1] == ' ' && (at[2] == 'Z' || at[2] == 'X'))
		return 0;
	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	return at && sscanf(at, " %" SCNu64, &ticks) == 1 ? ticks : 0;
}

/*
 * Whose the lock is stands in the file. Returns the process id, 0 when that process is no more, -1
 * when it could not leave its name. *restorer: it waits for a reset to return.
 */
static int living_owner(const struct root *root, int fd, bool *restorer)
{
	char text[64], role[16] = "";
	ssize_t got = pread(fd, text, sizeof(text) - 1, 0);
	uint64_t ticks;
	int pid;

	if (got <= 0)
		return -1;
	text[got] = '\0';
	*restorer = false;
	if (sscanf(text, "%d %" SCNu64 " %15s", &pid, &ticks, role) < 2 || pid <= 0)
		return 0;
	*restorer = streq(role, RESTORER);
	return start_time(root, pid) == ticks ? pid : 0;
}

/*
 * One name takes the place of another in one write, for somebody may look at any moment. Where that
 * is not possible the lock still holds; only its owner is not known.
 */
static void put_name(const struct root *root, int fd, const char *role)
{
	char name[NAME_BYTES], text[NAME_BYTES + 1];

	snprintf(name, sizeof(name), "%d %" PRIu64 "%s", (int)getpid(), start_time(root, getpid()),
		 role);
	snprintf(text, sizeof(text), "%-*s\n", NAME_BYTES - 1, name);
	if (pwrite(fd, text, NAME_BYTES, 0) != NAME_BYTES && ftruncate(fd, 0) < 0)
		fprintf(stderr, "%s: %s\n", LOCK_PATH, strerror(errno));
}

static int complain_alive(const char *name, int pid)
{
	if (pid > 0)
		fprintf(stderr,
			"%s: another run or recovery (process %d) holds %s; wait for it to end\n",
			name, pid, LOCK_PATH);
	else
		fprintf(stderr, "%s: another run or recovery holds %s; wait for it to end\n", name,
			LOCK_PATH);
	return -EBUSY;
}

static void say_whom(const char *name, int restorer_pid)
{
	if (restorer_pid)
		fprintf(stderr,
			"%s: waiting up to %d seconds for process %d, which waits for a reset to "
			"return and then puts back what was changed for it\n",
			name, ORPHAN_WAIT_S, restorer_pid);
	else
		fprintf(stderr, "%s: waiting up to %d seconds for a reset of a run that died\n",
			name, ORPHAN_WAIT_S);
}

static int wait_for_orphan(const char *name, const struct root *root, int fd)
{
	const struct timespec pause = {.tv_nsec = ORPHAN_POLL_MS * 1000000L};

	for (int waited_ms = 0; waited_ms < ORPHAN_WAIT_S * 1000; waited_ms += ORPHAN_POLL_MS) {
		bool restorer = false;
		int pid = living_owner(root, fd, &restorer);

		if (pid && !restorer)
			return complain_alive(name, pid);
		/* Its owner may only just have taken it. */
		if (waited_ms == 10 * ORPHAN_POLL_MS)
			say_whom(name, pid);
		nanosleep(&pause, NULL);
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
	}
	fprintf(stderr,
		"%s: a reset of a run that is over has not returned and holds %s; the device "
		"hangs, plan a reboot\n",
		name, LOCK_PATH);
	return -EBUSY;
}

static int fail(const char *name, const char *path, int error)
{
	problem(name, path, error);
	return -1;
}

static int open_file(void)
{
	return open(LOCK_PATH, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
}

/* Returns a descriptor, or -1 after one line on stderr. */
static int take_file(const char *name, const struct root *root)
{
	_cleanup_close_ int fd = open_file();

	/* Not every initramfs has it. */
	if (fd < 0 && errno == ENOENT && mkdir(LOCK_DIR, 0755) == 0)
		fd = open_file();
	if (fd < 0)
		return fail(name, LOCK_PATH, -errno);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			return fail(name, LOCK_PATH, -errno);
		if (wait_for_orphan(name, root, fd) < 0)
			return -1;
	}
	put_name(root, fd, "");
	return TAKE_FD(fd);
}

/* Nothing is written. Where sysfs is read-only nothing can be reset either, and anything will do.
 */
static int open_bus(const struct root *root)
{
	int fd = root_open_file(root, BUS_FILE, O_WRONLY);

	return fd == -EROFS || fd == -ENOENT ? root_open_file(root, BUS, O_RDONLY | O_DIRECTORY)
					     : fd;
}

/*
 * The file may be another one in another mount namespace; the bus is the machine's. A run that ends
 * lets go of the two one after the other. Returns a descriptor, or -1 after one line on stderr.
 */
static int take_bus(const char *name, const struct root *root)
{
	const struct timespec pause = {.tv_nsec = ORPHAN_POLL_MS * 1000000L};
	_cleanup_close_ int fd = open_bus(root);

	if (fd < 0)
		return fail(name, "/" BUS, fd);
	for (int waited_ms = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; waited_ms += ORPHAN_POLL_MS) {
		if (errno != EWOULDBLOCK)
			return fail(name, "/" BUS, -errno);
		if (waited_ms >= BUS_WAIT_MS) {
			fprintf(stderr,
				"%s: another run, which sees another " LOCK_DIR ", holds /" BUS
				"; wait for it to end\n",
				name);
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return TAKE_FD(fd);
}

int lock_take(const char *name, const struct root *root, struct lock *lock)
{
	lock->file_fd = take_file(name, root);
	if (lock->file_fd < 0)
		return -1;
	lock->bus_fd = take_bus(name, root);
	return lock->bus_fd < 0 ? -1 : 0;
}

void lock_release(struct lock *lock)
{
	if (lock->bus_fd >= 0)
		close(lock->bus_fd);
	if (lock->file_fd >= 0)
		close(lock->file_fd);
	*lock = (struct lock)LOCK_INIT;
}

void lock_pass_on(const struct root *root)
{
	_cleanup_close_ int fd = open(LOCK_PATH, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	/* One that nobody holds is another file, in place of the one that was locked. */
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		put_name(root, fd, " " RESTORER);
}
