// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/node.h"

#define NET "sys/class/net"
#define TTY "sys/class/tty"
#define PORTS "sys/class/virtio-ports"
#define CXL "sys/bus/cxl/devices"

#define PATH_TEXT_MAX 512
#define INTERFACE_UP 0x1 /* IFF_UP of <net/if.h> */
#define CLASS_CXL_MEMORY 0x0502

static int read_interface(const struct root *root, struct snapshot *snapshot, const char *name)
{
	char path[NODE_TEXT_MAX], flags_path[PATH_TEXT_MAX], what[PATH_TEXT_MAX];
	uint64_t flags;
	int r;

	snprintf(flags_path, sizeof(flags_path), NET "/%s", name);
	r = root_read_link(root, flags_path, path, sizeof(path));
	if (r < 0) /* bonding_masters is a file */
		return 0;
	snprintf(flags_path, sizeof(flags_path), NET "/%s/flags", name);
	r = root_read_u64(root, flags_path, &flags);
	if (r < 0) {
		snprintf(what, sizeof(what), "cannot tell whether %s is up: %s", name,
			 strerror(-r));
		return use_mark_path(snapshot, path, USE_UNKNOWN, what);
	}
	if (!(flags & INTERFACE_UP))
		return 0;
	snprintf(what, sizeof(what), "%s is up", name);
	return use_mark_path(snapshot, path, USE_NETWORK, what);
}

int use_read_network(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, NET);
	const struct dirent *entry;
	int r = 0;

	if (!dir)
		return use_mark_bound(snapshot, "network interfaces could not be read (" NET ")");
	while (r >= 0 && (entry = readdir(dir)))
		if (!node_is_dot(entry->d_name))
			r = read_interface(root, snapshot, entry->d_name);
	return r < 0 ? r : 0;
}

/* hvc terminals have no link to their device: every virtio console may be the one. */
static int mark_virtio_consoles(const struct root *root, struct snapshot *snapshot,
				const char *terminal)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, PORTS);
	const struct dirent *entry;
	int r = 0;

	while (r >= 0 && dir && (entry = readdir(dir))) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[PATH_TEXT_MAX];

		snprintf(link, sizeof(link), PORTS "/%s", entry->d_name);
		if (node_is_dot(entry->d_name) ||
		    root_read_link(root, link, path, sizeof(path)) < 0)
			continue;
		snprintf(what, sizeof(what), "the console %s may be on it", terminal);
		r = use_mark_path(snapshot, path, USE_CONSOLE, what);
	}
	return r < 0 ? r : 0;
}

static int read_terminal(const struct root *root, struct snapshot *snapshot, const char *terminal)
{
	char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[PATH_TEXT_MAX];
	int r;

	if (starts_with(terminal, "hvc"))
		return mark_virtio_consoles(root, snapshot, terminal);
	snprintf(link, sizeof(link), TTY "/%s", terminal);
	if (root_read_link(root, link, path, sizeof(path)) < 0)
		return 0;
	snprintf(what, sizeof(what), "the console %s is on it", terminal);
	r = use_mark_path(snapshot, path, USE_CONSOLE, what);
	return r < 0 ? r : 0;
}

int use_read_console(const struct root *root, struct snapshot *snapshot)
{
	char active[PATH_TEXT_MAX], *next = active, *terminal;
	int r = root_read_line(root, TTY "/console/active", active, sizeof(active));

	if (r == -ENOENT)
		return 0;
	if (r < 0)
		return snapshot_note(snapshot, "the active consoles could not be read: %s",
				     strerror(-r));
	while (r == 0 && (terminal = strsep(&next, " ")))
		if (*terminal)
			r = read_terminal(root, snapshot, terminal);
	return r;
}

/*
 * Which memory device a region uses takes decoders and endpoints to find; any region makes every
 * CXL memory device count.
 */
static int mark_memory_devices(const struct root *root, struct snapshot *snapshot,
			       const char *region)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, CXL);
	const struct dirent *entry;
	int r = 0;

	while (r >= 0 && dir && (entry = readdir(dir))) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[2 * PATH_TEXT_MAX];

		snprintf(link, sizeof(link), CXL "/%s", entry->d_name);
		if (!starts_with(entry->d_name, "mem") ||
		    root_read_link(root, link, path, sizeof(path)) < 0)
			continue;
		snprintf(what, sizeof(what), "CXL memory %s, and the machine has %s", entry->d_name,
			 region);
		r = use_mark_path(snapshot, path, USE_CXL_MEM, what);
	}
	return r < 0 ? r : 0;
}

/* Firmware may have put a CXL device's memory to use that no driver here knows of. */
static int mark_unmanaged(struct snapshot *snapshot, bool bus_readable)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (function->class_code >> 8 != CLASS_CXL_MEMORY ||
		    (function->driver[0] && bus_readable))
			continue;
		if (!function_add_use(function, USE_UNKNOWN,
				      bus_readable ? "CXL memory without a driver: firmware may "
						     "have put it to use"
						   : "CXL memory devices could not be read (" CXL
						     ")"))
			return -ENOMEM;
	}
	return 0;
}

int use_read_cxl(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, CXL);
	const struct dirent *entry;
	char region[256] = "";

	while (dir && !region[0] && (entry = readdir(dir)))
		if (starts_with(entry->d_name, "region") ||
		    starts_with(entry->d_name, "dax_region"))
			snprintf(region, sizeof(region), "%s", entry->d_name);
	if (region[0]) {
		int r = mark_memory_devices(root, snapshot, region);

		if (r < 0)
			return r;
	}
	return mark_unmanaged(snapshot, dir != NULL);
}
