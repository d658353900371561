/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hosts that should have a result. */
#ifndef CLI_HOSTS_H
#define CLI_HOSTS_H

#include "base/attr.h"
#include "model/fleet.h"

/*
 * Takes the names in the file @list, or on standard input for "-", or where there is no such file
 * those in @list itself: parted by commas or white space, # begins a comment. Returns 0, or -errno
 * with what is wrong: -EINVAL: no name at all, or one that is none.
 */
int hosts_expect(struct fleet *fleet, const char *list) _must_check_;

#endif
