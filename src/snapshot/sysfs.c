// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>

#include "snapshot/node.h"

#define DEVICES "sys/bus/pci/devices"

#define NOTE_CONFIG                                                                                \
	"PCI extended capabilities could not be read (only root may): ATS, PRI, PASID and CXL "    \
	"ports are unknown"

/* The function being read: its directory, what is known so far, and the means to read more. */
struct reading {
	const struct root *root;
	struct pcilib *lib;
	struct snapshot *snapshot;
	struct function *function;
	struct bdf bdf;
	int fd;
};

static int read_ids(int fd, struct function *function)
{
	uint64_t vendor, device, class_code;
	int r;

	r = node_read_number(fd, "vendor", &vendor);
	if (r == 0)
		r = node_read_number(fd, "device", &device);
	if (r == 0)
		r = node_read_number(fd, "class", &class_code);
	if (r < 0)
		return r;
	if (vendor > 0xffff || device > 0xffff || class_code > 0xffffff)
		return -EINVAL;
	function->vendor = (uint16_t)vendor;
	function->device = (uint16_t)device;
	function->class_code = (uint32_t)class_code;
	return 0;
}

/* The parent directory is the bridge above, or "pciDDDD:BB" on a root bus. */
static void read_place(int devices_fd, struct function *function)
{
	char target[NODE_TEXT_MAX];
	const char *at = target;
	char *slash, *parent, above[BDF_MAX];
	struct bdf bdf;

	if (node_read_link(devices_fd, function->bdf, target, sizeof(target)) < 0)
		return;
	slash = strrchr(target, '/');
	if (!slash)
		return;
	*slash = '\0';
	parent = strrchr(target, '/');
	parent = parent ? parent + 1 : target;
	if (bdf_parse(parent, &bdf) == 0)
		strcpy(function->upstream, parent);
	while ((at = bdf_next_in_path(at, above)))
		strcpy(function->above, above);
}

static void read_links(const struct reading *in)
{
	struct function *function = in->function;
	char name[64];
	struct bdf bdf;
	unsigned long group;

	if (node_read_link_name(in->fd, "driver", name, sizeof(name)) == 0)
		strcpy(function->driver, name);
	if (node_read_link_name(in->fd, "physfn", name, sizeof(name)) == 0 &&
	    bdf_parse(name, &bdf) == 0)
		strcpy(function->physfn, name);
	if (node_read_link_name(in->fd, "iommu_group", name, sizeof(name)) == 0 &&
	    node_is_number(name)) {
		errno = 0;
		group = strtoul(name, NULL, 10);
		if (!errno && group <= INT_MAX)
			function->group = (int)group;
	}
}

static int read_capabilities(const struct reading *in)
{
	uint8_t config[CONFIG_SPACE_BYTES];
	struct function *function = in->function;
	ssize_t length = node_read_bytes(in->fd, "config", config, sizeof(config));
	struct pcilib_caps caps = {0};

	pcilib_read_caps(in->lib, &in->bdf, config, length < 0 ? 0 : (size_t)length, &caps);
	function->is_bridge = caps.is_bridge || function->class_code >> 16 == 0x06;
	function->ats = caps.ats;
	function->pri = caps.pri;
	function->pasid = caps.pasid;
	function->cxl_port = caps.cxl_port;
	function->sbr_masked = caps.sbr_masked;
	if (caps.ats != TRI_UNKNOWN)
		return 0;
	if (length < 0)
		return snapshot_note(in->snapshot, "%s: config could not be read: %s",
				     function->bdf, strerror((int)-length));
	if (length >= 64 && length <= 128)
		return snapshot_note(in->snapshot, NOTE_CONFIG);
	return snapshot_note(
		in->snapshot,
		"%s: configuration space reads nothing: the function is gone or asleep",
		function->bdf);
}

/*
 * set_pcie_untrusted() and pci_set_removable() (drivers/pci/probe.c) share their condition, and
 * only the second is visible.
 */
static void read_trust(const struct reading *in)
{
	char line[32];

	if (node_read_line(in->fd, "untrusted", line, sizeof(line)) == 0)
		in->function->untrusted = tri_of(!streq(line, "0"));
	else if (node_read_line(in->fd, "removable", line, sizeof(line)) == 0)
		in->function->untrusted = tri_of(streq(line, "removable"));
	else
		in->function->untrusted = TRI_NO;
}

static int read_methods(const struct reading *in)
{
	struct function *function = in->function;
	char text[NODE_TEXT_MAX];
	int r = node_read_line(in->fd, "reset_method", text, sizeof(text));

	function->has_reset = node_exists(in->fd, "reset");
	function->has_net = function->driver[0] && node_exists(in->fd, "net");
	if (r == -ENOENT) {
		/* Kernels before 5.15 reset without saying how. */
		function->methods_known = function->has_reset ? TRI_UNKNOWN : TRI_YES;
		return 0;
	}
	if (r == 0)
		r = method_list_parse(text, &function->methods);
	function->methods_known = r < 0 ? TRI_UNKNOWN : TRI_YES;
	if (r < 0)
		return snapshot_note(in->snapshot, "%s: reset_method could not be read: %s",
				     function->bdf, strerror(-r));
	return 0;
}

static int read_own_uses(const struct reading *in)
{
	struct function *function = in->function;
	uint64_t value;
	char what[64];

	if (node_read_number(in->fd, "boot_vga", &value) == 0 && value &&
	    !function_add_use(function, USE_BOOT_VGA, "the display the machine booted with"))
		return -ENOMEM;
	if (node_read_number(in->fd, "sriov_numvfs", &value) < 0 || !value)
		return 0;
	snprintf(what, sizeof(what), "%llu VFs enabled", (unsigned long long)value);
	return function_add_use(function, USE_VFS, what) ? 0 : -ENOMEM;
}

static void read_names(const struct reading *in)
{
	struct function *function = in->function;

	function->vendor_name = pcilib_vendor_name(in->lib, function->vendor);
	function->device_name = pcilib_device_name(in->lib, function->vendor, function->device);
	function->class_name = pcilib_class_name(in->lib, function->class_code);
}

static int read_function(struct reading *in, int devices_fd, const char *name)
{
	char path[sizeof(DEVICES) + BDF_MAX + 1];
	struct function ids = {.group = NO_GROUP};
	_cleanup_close_ int fd = -1;
	int r;

	snprintf(path, sizeof(path), DEVICES "/%s", name);
	in->fd = fd = root_open_file(in->root, path, O_PATH | O_DIRECTORY);
	if (fd < 0)
		return snapshot_note(in->snapshot, "%s: went away while it was read", name);
	r = read_ids(fd, &ids);
	if (r < 0)
		return snapshot_note(in->snapshot, "%s: vendor, device or class unreadable: %s",
				     name, strerror(-r));
	in->function = snapshot_add_function(in->snapshot);
	if (!in->function)
		return -ENOMEM;
	*in->function = ids;
	strcpy(in->function->bdf, name);
	read_place(devices_fd, in->function);
	read_links(in);
	read_trust(in);
	read_names(in);
	r = read_capabilities(in);
	if (r == 0)
		r = read_methods(in);
	return r < 0 ? r : read_own_uses(in);
}

int sysfs_read_functions(const struct root *root, struct pcilib *lib, struct snapshot *snapshot)
{
	_cleanup_close_ int fd = root_open_file(root, DEVICES, O_PATH | O_DIRECTORY);
	struct reading reading = {.root = root, .lib = lib, .snapshot = snapshot};
	_cleanup_names_ struct names names = {0};
	int r = fd < 0 ? fd : names_read(root, DEVICES, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		const char *name = names.list[i];

		if (strlen(name) < BDF_MAX && bdf_parse(name, &reading.bdf) == 0)
			r = read_function(&reading, fd, name);
		else
			r = snapshot_note(snapshot, "%s: not a PCI address, ignored", name);
	}
	return r;
}
