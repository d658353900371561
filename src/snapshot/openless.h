/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes that have no device open, so that whoever looks for open files again and again need not
 * ask each of them every time: the threads of the kernel, of which a server has thousands, and the
 * tool with its workers. What these were handed down was seen when nothing was left out; the rest
 * they have opened themselves.
 */
#ifndef SNAPSHOT_OPENLESS_H
#define SNAPSHOT_OPENLESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/root.h"

struct kernel_thread {
	int pid;
	int fd; /* a pidfd: as long as the thread lives the number is nobody else's */
};

#define OPENLESS_OWN_MAX 9

/* Begins as OPENLESS_INIT. */
struct openless {
	int own[OPENLESS_OWN_MAX];  /* processes, set by whoever has them; 0: none */
	struct kernel_thread *list; /* by number; private, as are those below */
	size_t count, limit;
	int epoll_fd; /* -1: none are remembered */
};

#define OPENLESS_INIT                                                                              \
	{                                                                                          \
		.epoll_fd = -1                                                                     \
	}
#define _cleanup_openless_ _cleanup_(openless_free)

/* Where it fails, no threads are remembered. At most half of the descriptors there may be are used.
 */
void openless_open(struct openless *openless);

/* Forgets those that have ended. To be called once the processes are listed: not before. */
void openless_refresh(struct openless *openless);

/*
 * Whether the process @pid, whose directory below @root is @directory, is one of them. Its line is
 * read only if it is not known; what cannot be told is none. @openless may be NULL.
 */
bool openless_has(const struct root *root, struct openless *openless, int pid,
		  const char *directory);

enum kernel_thread_kind {
	KERNEL_THREAD_NONE,
	KERNEL_THREAD_NOW, /* it may yet become a program (call_usermodehelper_exec_async()) */
	KERNEL_THREAD_FOREVER,
};

/* What proc/PID/stat says. Pure. */
enum kernel_thread_kind kernel_thread_kind(const char *stat);

void openless_free(struct openless *openless);

#endif
