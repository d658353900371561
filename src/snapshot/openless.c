// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/openless.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "base/array.h"

#define PF_KTHREAD 0x00200000u
/* All signals, as the line shows them: what kthreadd ignores (ignore_signals()). */
#define IGNORES_ALL 0x7fffffffUL
#define PATH_TEXT_MAX 400
#define STAT_MAX_BYTES 4096
#define EVENTS_AT_ONCE 64
#define LIMIT_MAX 16384

/*
 * Threads of the kernel have no descriptors and no memory of their own (proc_pid_stat(5);
 * PF_KTHREAD of include/linux/sched.h). Processes name themselves: only the last bracket is the
 * kernel's, and line feeds are none of its own. Until Linux 5.19 a process that the kernel starts
 * is such a thread until it runs its program; it no longer ignores signals then.
 */
enum kernel_thread_kind kernel_thread_kind(const char *stat)
{
	const char *after_name = strrchr(stat, ')');
	unsigned long ignored;
	unsigned int flags;
	int fields;

	if (!after_name)
		return KERNEL_THREAD_NONE;
	fields = sscanf(after_name,
			") %*c %*d %*d %*d %*d %*d %u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d "
			"%*d %*u %*u %*d %*u %*u %*u %*u %*u %*u %*u %*u %lu",
			&flags, &ignored);
	if (fields < 1 || !(flags & PF_KTHREAD))
		return KERNEL_THREAD_NONE;
	return fields == 2 && ignored == IGNORES_ALL ? KERNEL_THREAD_FOREVER : KERNEL_THREAD_NOW;
}

static enum kernel_thread_kind read_kind(const struct root *root, const char *directory)
{
	char path[PATH_TEXT_MAX], text[STAT_MAX_BYTES];

	snprintf(path, sizeof(path), "%s/stat", directory);
	return root_read_record(root, path, text, sizeof(text)) < 0 ? KERNEL_THREAD_NONE
								    : kernel_thread_kind(text);
}

void openless_open(struct openless *openless)
{
	struct rlimit descriptors;

	*openless = (struct openless)OPENLESS_INIT;
	if (getrlimit(RLIMIT_NOFILE, &descriptors) < 0)
		return;
	openless->limit =
		descriptors.rlim_cur / 2 < LIMIT_MAX ? descriptors.rlim_cur / 2 : LIMIT_MAX;
	openless->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
}

/* The index of the first that is not below @pid. */
static size_t place_of(const struct openless *openless, int pid)
{
	size_t low = 0, high = openless->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (openless->list[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_known(const struct openless *openless, int pid)
{
	size_t at = place_of(openless, pid);

	return at < openless->count && openless->list[at].pid == pid;
}

/* Takes over the descriptor of one that is not known. What does not work out is read again. */
static void remember(struct openless *openless, int pid, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = pid};
	size_t at = place_of(openless, pid);
	struct kernel_thread *list;

	if (epoll_ctl(openless->epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0 ||
	    !ARRAY_APPEND(openless->list, openless->count)) {
		close(fd);
		return;
	}
	list = openless->list + at;
	memmove(list + 1, list, (openless->count - 1 - at) * sizeof(*list));
	*list = (struct kernel_thread){.pid = pid, .fd = fd};
}

static void forget(struct openless *openless, int pid)
{
	struct kernel_thread *list = openless->list + place_of(openless, pid);

	if (!is_known(openless, pid))
		return;
	/* There may be copies of the descriptor in other processes, which would keep it watched. */
	(void)epoll_ctl(openless->epoll_fd, EPOLL_CTL_DEL, list->fd, NULL);
	close(list->fd);
	openless->count--;
	memmove(list, list + 1,
		(openless->count - (size_t)(list - openless->list)) * sizeof(*list));
}

void openless_refresh(struct openless *openless)
{
	struct epoll_event ended[EVENTS_AT_ONCE];
	int count;

	do {
		count = openless->epoll_fd < 0
				? 0
				: epoll_wait(openless->epoll_fd, ended, EVENTS_AT_ONCE, 0);
		for (int i = 0; i < count; i++)
			forget(openless, ended[i].data.fd);
	} while (count > 0 || (count < 0 && errno == EINTR));
	/* Who has ended cannot be told: nobody is known. */
	if (count < 0)
		openless_free(openless);
}

static bool is_own(const struct openless *openless, int pid)
{
	for (size_t i = 0; i < ARRAY_SIZE(openless->own); i++)
		if (openless->own[i] == pid)
			return true;
	return false;
}

bool openless_has(const struct root *root, struct openless *openless, int pid,
		  const char *directory)
{
	enum kernel_thread_kind kind;
	int fd;

	if (openless && (is_known(openless, pid) || is_own(openless, pid)))
		return true;
	kind = read_kind(root, directory);
	if (kind != KERNEL_THREAD_FOREVER || !openless || openless->epoll_fd < 0 ||
	    openless->count >= openless->limit)
		return kind != KERNEL_THREAD_NONE;
	fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (fd < 0)
		return true;
	/* Now that the number is held: the line may have been that of one before it. */
	kind = read_kind(root, directory);
	if (kind == KERNEL_THREAD_FOREVER)
		remember(openless, pid, fd);
	else
		close(fd);
	return kind != KERNEL_THREAD_NONE;
}

void openless_free(struct openless *openless)
{
	for (size_t i = 0; i < openless->count; i++)
		close(openless->list[i].fd);
	free(openless->list);
	if (openless->epoll_fd >= 0)
		close(openless->epoll_fd);
	*openless = (struct openless)OPENLESS_INIT;
}
