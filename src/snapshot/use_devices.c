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
	_cleanup_names_ struct names names = {0};
	int r = names_read(root, NET, &names);

	if (r == -ENOMEM)
		return r;
	if (r < 0)
		return use_mark_bound(snapshot, "network interfaces could not be read (" NET ")");
	for (size_t i = 0; r >= 0 && i < names.count; i++)
		r = read_interface(root, snapshot, names.list[i]);
	return r < 0 ? r : 0;
}

/* hvc terminals have no link to their device: every virtio console may be the one. */
static int mark_virtio_consoles(const struct root *root, struct snapshot *snapshot,
				const char *terminal)
{
	_cleanup_names_ struct names ports = {0};
	int r = names_read(root, PORTS, &ports);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; r >= 0 && i < ports.count; i++) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[PATH_TEXT_MAX];

		snprintf(link, sizeof(link), PORTS "/%s", ports.list[i]);
		if (root_read_link(root, link, path, sizeof(path)) < 0)
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
			       const struct names *devices, const char *region)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < devices->count; i++) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[2 * PATH_TEXT_MAX];

		snprintf(link, sizeof(link), CXL "/%s", devices->list[i]);
		if (!starts_with(devices->list[i], "mem") ||
		    root_read_link(root, link, path, sizeof(path)) < 0)
			continue;
		snprintf(what, sizeof(what), "CXL memory %s, and the machine has %s",
			 devices->list[i], region);
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
	_cleanup_names_ struct names devices = {0};
	int readable = names_read(root, CXL, &devices), r = 0;

	if (readable == -ENOMEM)
		return readable;
	for (size_t i = 0; r == 0 && i < devices.count; i++) {
		if (!starts_with(devices.list[i], "region") &&
		    !starts_with(devices.list[i], "dax_region"))
			continue;
		r = mark_memory_devices(root, snapshot, &devices, devices.list[i]);
		break;
	}
	return r < 0 ? r : mark_unmanaged(snapshot, readable == 0 || readable == -ENOENT);
}
