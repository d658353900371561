// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/routes.h"

#include <errno.h>

#include "base/array.h"
#include "snapshot/addresses.h"

#define TABLE_MAX_BYTES (256U << 20)

static struct routed *find(const struct routes *routes, const char *interface)
{
	for (size_t i = 0; i < routes->count; i++)
		if (streq(routes->list[i].interface, interface))
			return &routes->list[i];
	return NULL;
}

const struct routed *routes_find(const struct routes *routes, const char *interface)
{
	return find(routes, interface);
}

static int note(struct routes *routes, const char *interface, bool is_address)
{
	struct routed *routed = find(routes, interface);

	if (!routed) {
		routed = ARRAY_APPEND(routes->list, routes->count);
		if (!routed)
			return -ENOMEM;
		snprintf(routed->interface, sizeof(routed->interface), "%s", interface);
	}
	routed->has_address |= is_address;
	routed->has_route |= !is_address;
	return 0;
}

/* The tables of IPv6 have the interface last, that of IPv4 first, under a heading. */
static int read_table(const struct root *root, struct routes *routes, const char *path,
		      bool is_ipv4, bool is_address)
{
	_cleanup_free_ char *text = NULL;
	char *next, *line;
	int r = root_read(root, path, TABLE_MAX_BYTES, &text, NULL);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	next = text;
	if (is_ipv4)
		next += strcspn(next, "\n");
	while (r == 0 && (line = strsep(&next, "\n"))) {
		size_t length = strlen(line);
		char *blank;

		while (length && strchr(" \t", line[length - 1]))
			line[--length] = '\0';
		if (is_ipv4) {
			line[strcspn(line, " \t")] = '\0';
		} else {
			blank = strrchr(line, ' ');
			line = blank ? blank + 1 : line;
		}
		if (*line)
			r = note(routes, line, is_address);
	}
	return r;
}

/* proc does not tell the IPv4 addresses of interfaces that are down. */
static int read_addresses(struct routes *routes)
{
	_cleanup_strbuf_ struct strbuf interfaces = {0};
	char *next, *line;
	int r = addresses_ask(&interfaces);

	next = interfaces.text;
	while (r == 0 && next && (line = strsep(&next, "\n")))
		if (*line)
			r = note(routes, line, true);
	return r;
}

int routes_read(const struct root *root, struct routes *routes)
{
	int r = read_table(root, routes, "proc/net/route", true, false);

	if (r == 0)
		r = read_table(root, routes, "proc/net/ipv6_route", false, false);
	if (r == 0)
		r = read_table(root, routes, "proc/net/if_inet6", false, true);
	return r == 0 && root->live ? read_addresses(routes) : r;
}

void routes_free(struct routes *routes)
{
	free(routes->list);
	*routes = (struct routes){0};
}
