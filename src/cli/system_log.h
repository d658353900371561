/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A follower that tells the system's log of each step and of the verdict. */
#ifndef CLI_SYSTEM_LOG_H
#define CLI_SYSTEM_LOG_H

#include "base/attr.h"
#include "cli/follower.h"

enum system_log_form {
	SYSTEM_LOG_FIELDS, /* the native protocol of systemd's journal */
	SYSTEM_LOG_LINE,   /* that of syslog(3): the message alone */
};

/*
 * The journal gets the fields; where there is none, /dev/log gets the message. A log that stands
 * still holds the run up for a second at most; how many entries it did not take is said in the log
 * before the next one that it takes, and is the follower's error at the end. Returns 0, -errno when
 * there is neither, or -ENOMEM.
 */
int system_log_follow(struct followers *followers) _must_check_;

/* The same with the socket at @path, which is borrowed. */
int system_log_follow_at(struct followers *followers, const char *path,
			 enum system_log_form form) _must_check_;

#endif
