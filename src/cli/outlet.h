/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where text goes that somebody may read as it comes: a pipe, a terminal, a socket, or a file.
 * Whoever stands still there is waited for, but never longer than the caller wants: what was not
 * taken by then is kept.
 */
#ifndef CLI_OUTLET_H
#define CLI_OUTLET_H

#include <stdint.h>

#include "base/attr.h"
#include "base/strbuf.h"

enum outlet_kind {
	OUTLET_FILE,   /* writes to it do not wait for anybody */
	OUTLET_OPENED, /* opened for this alone, so that writes to it never wait */
	OUTLET_SOCKET, /* each write says that it will not wait */
	OUTLET_SHARED, /* with others, whose writes may wait: as much as is sure to be taken */
};

struct outlet {
	int fd; /* -1: none */
	enum outlet_kind kind;
	struct strbuf pending; /* what was not taken yet */
};

#define OUTLET_INIT                                                                                \
	{                                                                                          \
		.fd = -1                                                                           \
	}
#define _cleanup_outlet_ _cleanup_(outlet_close)

#define OUTLET_PATIENT UINT64_MAX

/* What stands behind @fd, which stays the caller's. Returns 0 or -errno. */
int outlet_open(int fd, struct outlet *out) _must_check_;

/* Opens what is no regular file, or a descriptor's name. Returns 0 or -errno. */
int outlet_open_path(const char *path, struct outlet *out) _must_check_;

/*
 * Writes the text, and waits for its reader until @until_ns (CLOCK_MONOTONIC), or a signal that
 * ends the run. What is left then goes out before what is written next. Returns 0 or -errno.
 */
int outlet_put(struct outlet *outlet, const char *text, size_t length_bytes,
	       uint64_t until_ns) _must_check_;

/* Writes it without waiting for anybody; while something of an earlier text is left, not at all. */
void outlet_offer(struct outlet *outlet, const char *text, size_t length_bytes);

/*
 * Waits until all was taken. Once a signal has come, a reader that stands still is given a few
 * seconds, and at the second one none. Returns 0; -ECANCELED: it was given up; or -errno.
 */
int outlet_finish(struct outlet *outlet) _must_check_;

/* Drops what is left. */
void outlet_close(struct outlet *outlet);

#endif
