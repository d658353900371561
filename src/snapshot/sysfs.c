// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>

#include "snapshot/config_space.h"
#include "snapshot/node.h"
#include "snapshot/use.h"

#define NOTE_CONFIG                                                                                \
	"PCI extended capabilities could not be read (only root may): ATS, PRI, PASID and CXL "    \
	"ports are unknown"

/* The function being read: its directory, what is known so far, and the means to read more. */
struct reading {
	const struct root *root;
	struct snapshot *snapshot;
	unsigned int parts;
	int devices_fd;
	char parent[NODE_TEXT_MAX]; /* the directory of the bridge above; "" when not open */
	int parent_fd;
	struct function *function;
	int fd;
	struct config_space config;
	int config_error; /* it could not be read: -errno */
	char iommu[64];	  /* the one asked last */
	enum tri iommu_pasid;
};

static void close_parent(struct reading *in)
{
	if (in->parent_fd >= 0)
		close(in->parent_fd);
	in->parent_fd = -1;
	in->parent[0] = '\0';
}

static int read_number(int fd, const char *name, uint64_t max, uint64_t *value)
{
	int r = node_read_number(fd, name, value);

	return r == 0 && *value > max ? -EINVAL : r;
}

/* A VF's configuration space has no numbers, and that of a function that is gone has no other. */
static bool has_numbers(const struct reading *in)
{
	const uint8_t *config = in->config.bytes;
	uint16_t vendor = (uint16_t)(config[0] | config[1] << 8);

	return in->config.length_bytes >= CONFIG_HEADER_BYTES && vendor != 0 && vendor != 0xffff;
}

/* The class is always the kernel's: its quirks put some right. */
static int read_ids(const struct reading *in, struct function *function)
{
	const uint8_t *config = in->config.bytes;
	uint64_t vendor, device, class_code;
	int r = read_number(in->fd, "class", 0xffffff, &class_code);

	if (r == 0 && has_numbers(in)) {
		vendor = (uint64_t)(config[0] | config[1] << 8);
		device = (uint64_t)(config[2] | config[3] << 8);
	} else if (r == 0) {
		r = read_number(in->fd, "vendor", 0xffff, &vendor);
		if (r == 0)
			r = read_number(in->fd, "device", 0xffff, &device);
	}
	if (r < 0)
		return r;
	function->vendor = (uint16_t)vendor;
	function->device = (uint16_t)device;
	function->class_code = (uint32_t)class_code;
	return 0;
}

/* The parent directory is the bridge above, or "pciDDDD:BB" on a root bus. Cuts @target to it. */
static void read_place(char *target, struct function *function)
{
	const char *at = target;
	char *slash, *parent, above[BDF_MAX];
	struct bdf bdf;

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

/*
 * PASID Support of VT-d's Extended Capability Register, and Guest Translation of AMD's Extended
 * Feature Register, which PASIDs take. Others do not show it.
 */
static enum tri read_iommu_registers(const struct root *root, const char *iommu)
{
	static const struct {
		const char *file;
		unsigned int bit;
	} registers[] = {{"intel-iommu/ecap", 40}, {"amd-iommu/features", 4}};
	char path[128], line[NODE_TEXT_MAX];

	for (size_t i = 0; i < ARRAY_SIZE(registers); i++) {
		char *end;
		uint64_t value;

		snprintf(path, sizeof(path), "sys/class/iommu/%s/%s", iommu, registers[i].file);
		if (root_read_line(root, path, line, sizeof(line)) < 0)
			continue;
		value = strtoull(line, &end, 16);
		return end == line ? TRI_UNKNOWN : tri_of((value >> registers[i].bit & 1) != 0);
	}
	return TRI_UNKNOWN;
}

/* Many functions are behind one IOMMU. */
static enum tri read_iommu_pasid(struct reading *in)
{
	char iommu[sizeof(in->iommu)];

	if (node_read_link_name(in->fd, "iommu", iommu, sizeof(iommu)) < 0)
		return TRI_UNKNOWN;
	if (!streq(iommu, in->iommu)) {
		strcpy(in->iommu, iommu);
		in->iommu_pasid = read_iommu_registers(in->root, iommu);
	}
	return in->iommu_pasid;
}

static int read_capabilities(struct reading *in)
{
	struct function *function = in->function;
	struct config_caps caps;

	config_space_read_caps(&in->config, &caps);
	function->is_bridge = caps.is_bridge || function->class_code >> 16 == 0x06;
	function->ats = caps.ats;
	function->pri = caps.pri;
	function->pasid = caps.pasid;
	function->pasid_enabled = caps.pasid_enabled;
	if (caps.pasid == TRI_YES && in->parts & SNAPSHOT_RESETS)
		function->iommu_pasid = read_iommu_pasid(in);
	function->cxl_port = caps.cxl_port;
	function->sbr_masked = caps.sbr_masked;
	if (caps.ats != TRI_UNKNOWN)
		return 0;
	if (in->config_error < 0)
		return snapshot_note(in->snapshot, "%s: config could not be read: %s",
				     function->bdf, strerror(-in->config_error));
	if (caps.is_cut)
		return snapshot_note(in->snapshot,
				     "%s: the extended capabilities could not be read to their end",
				     function->bdf);
	if (!caps.is_absent)
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

	if (node_read_line(in->fd, "removable", line, sizeof(line)) == 0)
		in->function->untrusted = tri_of(streq(line, "removable"));
	else
		in->function->untrusted = TRI_NO;
}

static int read_methods(const struct reading *in)
{
	struct function *function = in->function;
	char text[NODE_TEXT_MAX];
	int r = node_read_line(in->fd, "reset_method", text, sizeof(text));

	if (in->parts & SNAPSHOT_RESETS || r == -ENOENT)
		function->has_reset = node_exists(in->fd, "reset");
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

/* Only such have boot_vga: pci_is_vga(), and all other displays. */
static bool may_be_boot_display(const struct function *function)
{
	return function->class_code >> 16 == 0x03 || function->class_code >> 8 == 0x0001;
}

static int read_own_uses(const struct reading *in)
{
	struct function *function = in->function;
	uint64_t value;
	int r;

	function->has_net = function->driver[0] && node_exists(in->fd, "net");
	if (may_be_boot_display(function) && node_read_number(in->fd, "boot_vga", &value) == 0 &&
	    value &&
	    !function_add_use(function, USE_BOOT_VGA, "the display the machine booted with"))
		return -ENOMEM;
	r = node_read_number(in->fd, "sriov_numvfs", &value);
	return use_take_vfs(function, r, value);
}

/*
 * Functions behind one bridge come one after the other, so its directory is opened once. Where the
 * link is none of sysfs' own, the whole path is followed.
 */
static int open_function(struct reading *in, const char *name, const char *parent)
{
	static const char up[] = "../../../";
	const struct root above = {.fd = in->parent_fd};
	char path[NODE_TEXT_MAX + sizeof("sys/")];

	if (in->parent[0] && streq(in->parent, parent))
		return root_open_file(&above, name, O_PATH | O_DIRECTORY);
	close_parent(in);
	if (starts_with(parent, up) && !strstr(parent + strlen(up), "..")) {
		snprintf(path, sizeof(path), "sys/%s", parent + strlen(up));
		in->parent_fd = root_open_file(in->root, path, O_PATH | O_DIRECTORY);
	}
	if (in->parent_fd >= 0) {
		strcpy(in->parent, parent);
		return open_function(in, name, parent);
	}
	snprintf(path, sizeof(path), SYSFS_FUNCTIONS "/%s", name);
	return root_open_file(in->root, path, O_PATH | O_DIRECTORY);
}

/* What is asked for beyond numbers, place and links. */
static int read_parts(struct reading *in)
{
	int r = 0;

	if (in->parts & SNAPSHOT_CAPABILITIES) {
		read_trust(in);
		r = read_capabilities(in);
	} else {
		in->function->is_bridge = in->function->class_code >> 16 == 0x06;
	}
	if (r == 0 && in->parts & SNAPSHOT_METHODS)
		r = read_methods(in);
	if (r == 0 && in->parts & SNAPSHOT_USES)
		r = read_own_uses(in);
	return r;
}

static int read_function(struct reading *in, const char *name)
{
	struct function ids = {.group = NO_GROUP};
	char target[NODE_TEXT_MAX];
	_cleanup_close_ int fd = -1;
	int r;

	target[0] = '\0';
	if (node_read_link(in->devices_fd, name, target, sizeof(target)) == 0)
		read_place(target, &ids);
	in->fd = fd = open_function(in, name, target);
	if (fd < 0)
		return snapshot_note(in->snapshot, "%s: went away while it was read", name);
	config_space_close(&in->config);
	in->config.length_bytes = 0;
	if (in->parts & SNAPSHOT_CAPABILITIES)
		in->config_error = config_space_open(&in->config, fd, in->root->live);
	r = read_ids(in, &ids);
	if (r < 0)
		return snapshot_note(in->snapshot, "%s: vendor, device or class unreadable: %s",
				     name, strerror(-r));
	in->function = snapshot_add_function(in->snapshot);
	if (!in->function)
		return -ENOMEM;
	*in->function = ids;
	strcpy(in->function->bdf, name);
	read_links(in);
	return read_parts(in);
}

int sysfs_read_functions(const struct root *root, int devices_fd, char *const *names, size_t count,
			 unsigned int parts, struct snapshot *snapshot)
{
	_cleanup_free_ struct reading *in = calloc(1, sizeof(*in));
	struct bdf bdf;
	int r = 0;

	if (!in)
		return -ENOMEM;
	in->root = root;
	in->snapshot = snapshot;
	in->parts = parts;
	in->devices_fd = devices_fd;
	in->parent_fd = in->config.fd = -1;
	for (size_t i = 0; r == 0 && i < count; i++) {
		if (strlen(names[i]) < BDF_MAX && bdf_parse(names[i], &bdf) == 0)
			r = read_function(in, names[i]);
		else
			r = snapshot_note(snapshot, "%s: not a PCI address, ignored", names[i]);
	}
	close_parent(in);
	config_space_close(&in->config);
	return r;
}
