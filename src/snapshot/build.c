// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/build.h"

#include <errno.h>

#include "snapshot/groups.h"
#include "snapshot/host.h"
#include "snapshot/pcilib.h"
#include "snapshot/probe.h"
#include "snapshot/sysfs.h"
#include "snapshot/use.h"
#include "snapshot/virtio.h"

#define DEVICES "sys/bus/pci/devices"
#define PATH_TEXT_MAX 96

struct port {
	enum tri cxl, sbr_masked;
};

static struct port port_above(const struct snapshot *snapshot, const struct function *function,
			      const struct port *own)
{
	const struct function *bridge;

	if (!function->upstream[0])
		return (struct port){TRI_NO, TRI_NO};
	bridge = snapshot_find(snapshot, function->upstream);
	if (!bridge)
		return (struct port){TRI_UNKNOWN, TRI_UNKNOWN};
	return own[bridge - snapshot->functions];
}

/* What the capabilities said of each function itself becomes what they say of the bridge above. */
static int resolve_ports(struct snapshot *snapshot)
{
	_cleanup_free_ struct port *own = calloc(snapshot->function_count + 1, sizeof(*own));

	if (!own)
		return -ENOMEM;
	for (size_t i = 0; i < snapshot->function_count; i++)
		own[i] = (struct port){snapshot->functions[i].cxl_port,
				       snapshot->functions[i].sbr_masked};
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];
		struct port above = port_above(snapshot, function, own);

		function->cxl_port = above.cxl;
		function->sbr_masked = above.sbr_masked;
	}
	return 0;
}

/*
 * The driver of such a function is a host bridge for others. Resetting or unbinding it takes them
 * away, and what hangs off them.
 */
static void mark_hosts(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct function *below = &snapshot->functions[i];
		struct function *function = use_function(snapshot, below->above);

		if (function && !function->is_bridge)
			strcpy(function->below, below->bdf);
	}
}

static int read_all(const struct root *root, bool mapped, struct snapshot *snapshot)
{
	_cleanup_pcilib_ struct pcilib *lib = NULL;
	int r = pcilib_open(root, &lib);

	if (r == 0)
		r = sysfs_read_functions(root, lib, snapshot);
	if (r == 0)
		r = groups_read(root, snapshot);
	if (r == 0)
		r = resolve_ports(snapshot);
	if (r == 0)
		mark_hosts(snapshot);
	if (r == 0)
		r = host_read(root, snapshot);
	if (r == 0)
		r = virtio_read(root, snapshot);
	return r < 0 ? r : use_read(root, mapped, snapshot);
}

int snapshot_read(const struct root *root, struct snapshot *snapshot)
{
	return read_all(root, false, snapshot);
}

int snapshot_read_for_reset(const struct root *root, struct snapshot *snapshot)
{
	int r = read_all(root, true, snapshot);

	return r < 0 ? r : probe_disks(root, snapshot, NULL);
}

/* Uses that are read with the function itself. */
static int copy_own_uses(const struct function *from, struct function *to)
{
	for (size_t i = 0; i < from->use_count; i++) {
		enum use_kind kind = from->uses[i].kind;

		if ((kind == USE_BOOT_VGA || kind == USE_VFS) &&
		    !function_add_use(to, kind, from->uses[i].what))
			return -ENOMEM;
	}
	return 0;
}

/* A driver that was bound meanwhile, to a group mate perhaps, is what others use it through. */
static void read_driver_again(const struct root *root, struct function *function)
{
	char path[PATH_TEXT_MAX], driver[sizeof(function->driver)];
	int r;

	snprintf(path, sizeof(path), DEVICES "/%s/driver", function->bdf);
	r = root_read_link_name(root, path, driver, sizeof(driver));
	if (r == 0)
		strcpy(function->driver, driver);
	else if (r == -ENOENT)
		function->driver[0] = '\0';
	snprintf(path, sizeof(path), DEVICES "/%s/net", function->bdf);
	function->has_net = function->driver[0] && root_exists(root, path);
}

/* Only of what is to be reset: the kernel answers under a lock that a hung reset holds. */
static int read_vfs_again(const struct root *root, struct function *function)
{
	char path[PATH_TEXT_MAX];
	uint64_t count;

	snprintf(path, sizeof(path), DEVICES "/%s/sriov_numvfs", function->bdf);
	if (root_read_u64(root, path, &count) < 0 || !count)
		return 0;
	return function_add_use(function, USE_VFS, "VFs have been enabled") ? 0 : -ENOMEM;
}

static int copy_functions(const struct root *root, const struct snapshot *then,
			  struct snapshot *now)
{
	int r = 0;

	for (size_t i = 0; i < then->function_count && r == 0; i++) {
		struct function *function = snapshot_add_function(now);

		if (!function)
			return -ENOMEM;
		*function = then->functions[i];
		function->vendor_name = function->device_name = function->class_name = NULL;
		function->uses = NULL;
		function->use_count = 0;
		read_driver_again(root, function);
		r = copy_own_uses(&then->functions[i], function);
	}
	return r;
}

int snapshot_look_again(const struct root *root, const struct snapshot *then,
			const struct function *const *functions, size_t count, struct snapshot *now)
{
	int r = copy_functions(root, then, now);

	now->host = then->host;
	if (r == 0)
		r = use_read(root, true, now);
	for (size_t i = 0; i < count && r == 0; i++) {
		struct function *function = use_function(now, functions[i]->bdf);

		if (!function)
			continue;
		r = read_vfs_again(root, function);
		if (r == 0)
			r = probe_disks(root, now, function);
	}
	return r;
}
