/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The socket of a log daemon, which may stand still or be started anew. Neither sd_journal_send(3)
 * nor syslog(3) is of use here: both wait for as long as such a daemon does not read.
 */
#ifndef CLI_LOG_SOCKET_H
#define CLI_LOG_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct log_socket {
	const char *path; /* borrowed */
	int fd;		  /* -1: not connected */
	bool is_stream;	  /* of some daemons /dev/log is; entries then end with a NUL */
	bool stands_still;
};

/* Connects to @path. Returns 0, or -errno with nothing open. */
int log_socket_open(const char *path, struct log_socket *out) _must_check_;

/*
 * Sends an entry, of which @text has a NUL behind its end. A daemon that does not take it is waited
 * for a second, but not once it stands still, unless this is the @last entry. Returns 0; -ENOBUFS:
 * it does not take it; -ECONNREFUSED: there is none; or another -errno.
 */
int log_socket_put(struct log_socket *log, const char *text, size_t length_bytes,
		   bool last) _must_check_;

void log_socket_close(struct log_socket *log);

#endif
