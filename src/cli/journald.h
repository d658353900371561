/* SPDX-License-Identifier: GPL-2.0-or-later */
/* systemd's journal, by its native protocol. */
#ifndef CLI_JOURNALD_H
#define CLI_JOURNALD_H

#include <errno.h>
#include <stdbool.h>

#include "base/attr.h"

#ifdef HAVE_SYSTEMD

/* Whether it can be written to. */
bool journald_is_there(void);

/* Writes one entry: lines NAME=VALUE. Returns 0 or -errno. */
int journald_send(const char *fields) _must_check_;

#else

static inline bool journald_is_there(void)
{
	return false;
}

static inline int _must_check_ journald_send(const char *fields)
{
	(void)fields;
	return -ENOSYS;
}

#endif

#endif
