/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Interfaces that have addresses or routes. */
#ifndef SNAPSHOT_ROUTES_H
#define SNAPSHOT_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/root.h"

struct routes {
	struct routed {
		char interface[32];
		bool has_address, has_route;
	} * list;
	size_t count;
};

#define _cleanup_routes_ _cleanup_(routes_free)

/*
 * Reads proc/net/{route,ipv6_route,if_inet6}, and on the live machine the addresses of interfaces
 * that are down (netlink), into zeroed @routes. Returns 0 or -errno;
 * -ETIMEDOUT when the kernel does not answer. Reads root.
 */
int routes_read(const struct root *root, struct routes *routes) _must_check_;

/* NULL when the interface has neither. */
const struct routed *routes_find(const struct routes *routes, const char *interface);

void routes_free(struct routes *routes);

#endif
