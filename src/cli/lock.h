/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run at a time: a lock that dies with its owner and with the workers that still reset for it,
 * which inherit it on purpose.
 */
#ifndef CLI_LOCK_H
#define CLI_LOCK_H

#include "base/attr.h"
#include "base/root.h"

#define LOCK_DIR "/run"
#define LOCK_PATH "/run/iommu-resettest.lock"

/*
 * Two descriptors that hold it: of a file, which names the owner, and of the PCI bus in sysfs,
 * which is the same for those who see another /run.
 */
struct lock {
	int file_fd, bus_fd;
};

#define LOCK_INIT                                                                                  \
	{                                                                                          \
		.file_fd = -1, .bus_fd = -1                                                        \
	}
#define _cleanup_lock_ _cleanup_(lock_release)

/*
 * Takes the lock. When a reset of a run that is over holds it, or the process that puts back what
 * that run left, waits for it and says so on stderr. Returns 0, or -1 after one line on stderr;
 * lock_release() in every case.
 */
int lock_take(const char *name, const struct root *root, struct lock *lock) _must_check_;

void lock_release(struct lock *lock);

/*
 * Makes this process, which has inherited the lock, the one that is known to hold it, in order to
 * put back what its run left. Where that is not possible the lock still holds.
 */
void lock_pass_on(const struct root *root);

#endif
