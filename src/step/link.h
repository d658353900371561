/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A network interface for the time of a step: the one place that brings any up or down, and on the
 * live machine alone.
 */
#ifndef STEP_LINK_H
#define STEP_LINK_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/root.h"

#define LINK_NAME_MAX 16 /* IFNAMSIZ */
#define LINK_VALUE_MAX 16

/*
 * Waits for an idle interface of @function, whose driver may just have been bound, and stores its
 * index and name. Returns 0; -EBUSY: somebody has it up; -ENODEV: there is none; or -errno.
 */
typedef int (*link_find_fn)(const struct root *root, const char *function, int *index,
			    char name[LINK_NAME_MAX]);

/*
 * Its name now. Returns 0; -ENODEV when there is no such interface, or it does not hang off
 * @function; or -errno when that cannot be told. Reads root.
 */
int link_name(const struct root *root, int index, const char *function,
	      char name[LINK_NAME_MAX]) _must_check_;

/* What its disable_ipv6 holds; "" when there is no such file. Returns 0 or -errno. */
int link_read_ipv6(const struct root *root, int index, char value[LINK_VALUE_MAX]) _must_check_;

/*
 * Brings it up, after IPv6 was taken off it: the kernel would announce itself on the network.
 * Returns 0, -EADDRINUSE: it may have addresses that would be lost; -EBUSY: somebody else has
 * brought it up, and nothing is changed; -ETIMEDOUT: the driver has not come to an end; or -errno.
 * Changes the machine.
 */
int link_raise(const struct root *root, int index) _must_check_;

/* Returns 1, 0 or -errno. */
int link_is_up(int index) _must_check_;

/*
 * Brings it down, and makes disable_ipv6 hold @ipv6 again. *changed: something was not so already.
 * One that is gone, with its device perhaps, took both along. Returns 0 once it was read back,
 * -EIO: it was taken down and is up all the same; -ETIMEDOUT, or -errno. Changes the machine.
 */
int link_lower(const struct root *root, int index, const char *ipv6, bool *changed) _must_check_;

/*
 * Makes disable_ipv6 of an interface that is left to others hold @ipv6 again, if it holds what
 * link_raise() wrote. Returns 0 once it was read back, or when the interface is gone; or -errno.
 * Changes the machine.
 */
int link_give_ipv6_back(const struct root *root, int index, const char *ipv6) _must_check_;

#endif
