/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A follower that tells the system's log of each step and of the verdict. */
#ifndef CLI_SYSTEM_LOG_H
#define CLI_SYSTEM_LOG_H

#include "base/attr.h"
#include "cli/follower.h"

/* Writes one entry of render/log_entry.h at @level. Returns 0 or -errno. */
typedef int (*log_send_fn)(const char *fields, int level);

/*
 * The journal gets the fields; where there is none, syslog(3) gets the message. Returns 0, -ENOENT
 * when there is neither, or -ENOMEM.
 */
int system_log_follow(struct followers *followers) _must_check_;

/* The same with @send instead. Returns 0 or -ENOMEM. */
int system_log_follow_by(struct followers *followers, log_send_fn send) _must_check_;

#endif
