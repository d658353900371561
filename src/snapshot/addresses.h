/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which interfaces have addresses, asked of the kernel without waiting for ever. */
#ifndef SNAPSHOT_ADDRESSES_H
#define SNAPSHOT_ADDRESSES_H

#include "base/strbuf.h"

/*
 * Adds the names of the interfaces that have an IPv4 or IPv6 address, one to a line, one line to an
 * address. The kernel may answer under a lock that the removal of an interface on a hung function
 * holds for ever, so another process asks. Returns 0, -ETIMEDOUT or -errno. Reads the live machine.
 */
int addresses_ask(struct strbuf *interfaces) _must_check_;

#endif
