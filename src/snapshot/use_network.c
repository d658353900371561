// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>
#include <sys/stat.h>

#include "snapshot/node.h"
#include "snapshot/routes.h"

#define NET "sys/class/net"
#define PATH_TEXT_MAX 512
#define INTERFACE_UP 0x1 /* IFF_UP of <net/if.h> */

struct interfaces {
	const struct root *root;
	struct snapshot *snapshot;
	struct routes routes;
	int routes_error; /* they could not be read: -errno */
};

/* One interface that has a function below it. */
struct interface {
	const char *name;
	char path[NODE_TEXT_MAX];
};

static int mark(const struct interfaces *in, const struct interface *interface, enum use_kind kind,
		const char *what)
{
	int r = use_mark_path(in->snapshot, interface->path, kind, what);

	return r < 0 ? r : 0;
}

static int mark_up(const struct interfaces *in, const struct interface *interface)
{
	const bool vital = in->snapshot->network_is_vital;
	char path[PATH_TEXT_MAX], what[PATH_TEXT_MAX];
	uint64_t flags;
	int r;

	snprintf(path, sizeof(path), NET "/%s/flags", interface->name);
	r = root_read_u64(in->root, path, &flags);
	if (r < 0) {
		snprintf(what, sizeof(what), "cannot tell whether %s is up: %s", interface->name,
			 strerror(-r));
		return mark(in, interface, USE_UNKNOWN, what);
	}
	if (!(flags & INTERFACE_UP))
		return 0;
	snprintf(what, sizeof(what), "%s is up%s", interface->name,
		 vital ? ", and the root file system or swap is on the network" : "");
	r = use_mark_path_vital(in->snapshot, interface->path, USE_NETWORK, vital, what);
	return r < 0 ? r : 0;
}

/* Bonds, bridges, teams, VLANs and their like show as upper_NAME (netdev_adjacent_add_links()). */
static int mark_member(const struct interfaces *in, const struct interface *interface)
{
	char path[PATH_TEXT_MAX], what[PATH_TEXT_MAX];
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;
	int r = 0;

	snprintf(path, sizeof(path), NET "/%s", interface->name);
	dir = root_open_dir(in->root, path);
	if (!dir) {
		snprintf(what, sizeof(what), "cannot tell what %s is part of: %s", interface->name,
			 strerror(errno));
		return mark(in, interface, USE_UNKNOWN, what);
	}
	while (r == 0 && (entry = readdir(dir))) {
		if (!starts_with(entry->d_name, "upper_"))
			continue;
		snprintf(what, sizeof(what), "%s is part of %s", interface->name,
			 entry->d_name + strlen("upper_"));
		r = mark(in, interface, USE_NETWORK_MEMBER, what);
	}
	return r;
}

static int mark_routed(const struct interfaces *in, const struct interface *interface)
{
	const struct routed *routed = routes_find(&in->routes, interface->name);
	char what[PATH_TEXT_MAX];

	if (in->routes_error) {
		snprintf(what, sizeof(what), "cannot tell the addresses and routes of %s: %s",
			 interface->name, strerror(-in->routes_error));
		return mark(in, interface, USE_UNKNOWN, what);
	}
	if (!routed)
		return 0;
	snprintf(what, sizeof(what), "%s has %s%s%s", interface->name,
		 routed->has_address ? "an address" : "",
		 routed->has_address && routed->has_route ? " and " : "",
		 routed->has_route ? "a route" : "");
	return mark(in, interface, USE_NETWORK_ROUTE, what);
}

static void note_interface(const struct interfaces *in, const struct interface *interface)
{
	const char *at = interface->path;
	char bdf[BDF_MAX];

	while ((at = bdf_next_in_path(at, bdf))) {
		struct function *function = use_function(in->snapshot, bdf);

		if (function && !function->interface[0])
			snprintf(function->interface, sizeof(function->interface), "%.15s",
				 interface->name);
	}
}

static int read_interface(const struct interfaces *in, const char *name)
{
	struct interface interface = {.name = name};
	char path[PATH_TEXT_MAX], bdf[BDF_MAX];
	int r;

	snprintf(path, sizeof(path), NET "/%s", name);
	r = root_read_link(in->root, path, interface.path, sizeof(interface.path));
	/* bonding_masters is a file, and a bond is on no function. */
	if (r < 0 || !bdf_next_in_path(interface.path, bdf))
		return 0;
	note_interface(in, &interface);
	r = mark_up(in, &interface);
	if (r == 0)
		r = mark_member(in, &interface);
	return r == 0 ? mark_routed(in, &interface) : r;
}

/*
 * A driver's directory "net" is there as long as an interface is in it. Those in other network
 * namespaces are not listed, but its number of links counts them (kernfs_refresh_inode()), which
 * tells them from others of a function that has several. Other file systems say 1, or do the same.
 */
static bool has_hidden_interface(const struct root *root, const char *directory)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, directory);
	const struct dirent *entry;
	struct stat status;
	size_t listed = 0;

	if (!dir)
		return errno != ENOENT;
	while ((entry = readdir(dir)))
		listed += !node_is_dot(entry->d_name);
	return listed == 0 || fstat(dirfd(dir), &status) < 0 || status.st_nlink > listed + 2;
}

/* Devices below a function that have interfaces. */
static int mark_hidden_on(const struct root *root, struct snapshot *snapshot, const char *bus)
{
	_cleanup_names_ struct names devices = {0};
	char path[PATH_TEXT_MAX], link[NODE_TEXT_MAX];
	int r = names_read(root, bus, &devices);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; r >= 0 && i < devices.count; i++) {
		snprintf(path, sizeof(path), "%s/%s/net", bus, devices.list[i]);
		if (!has_hidden_interface(root, path))
			continue;
		snprintf(path, sizeof(path), "%s/%s", bus, devices.list[i]);
		if (root_read_link(root, path, link, sizeof(link)) < 0)
			continue;
		r = use_mark_path(snapshot, link, USE_NETWORK_MOVED,
				  "its interface is in another network namespace");
	}
	return r < 0 ? r : 0;
}

static int mark_hidden(const struct root *root, struct snapshot *snapshot)
{
	/* The second has the subfunctions of network cards. */
	static const char *const buses[] = {
		"sys/bus/virtio/devices",      "sys/bus/auxiliary/devices",
		"sys/bus/usb/devices",	       "sys/bus/mhi/devices",
		"sys/bus/thunderbolt/devices", "sys/bus/firewire/devices",
		"sys/bus/platform/devices",    "sys/bus/sdio/devices",
		"sys/bus/bcma/devices",
	};
	int r = 0;

	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];
		char path[PATH_TEXT_MAX];

		if (!function->has_net || function->is_bridge)
			continue;
		snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/net", function->bdf);
		if (has_hidden_interface(root, path) &&
		    !function_add_use(function, USE_NETWORK_MOVED,
				      "its interface is in another network namespace"))
			return -ENOMEM;
	}
	for (size_t i = 0; i < ARRAY_SIZE(buses) && r >= 0; i++)
		r = mark_hidden_on(root, snapshot, buses[i]);
	return r;
}

int use_read_network(const struct root *root, struct snapshot *snapshot)
{
	struct interfaces in = {.root = root, .snapshot = snapshot};
	_cleanup_names_ struct names names = {0};
	int r = names_read(root, NET, &names);

	if (r == -ENOMEM)
		return r;
	if (r < 0)
		return use_mark_bound(snapshot, "network interfaces could not be read (" NET ")");
	in.routes_error = routes_read(root, &in.routes);
	for (size_t i = 0; r == 0 && i < names.count; i++)
		r = read_interface(&in, names.list[i]);
	routes_free(&in.routes);
	return r < 0 ? r : mark_hidden(root, snapshot);
}
