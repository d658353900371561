// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/exports.h"

#include <errno.h>

#include "snapshot/match.h"
#include "snapshot/node.h"

#define CONFIGFS "sys/kernel/config/"

struct export;

struct exporting {
	const struct root *root;
	struct blocks *blocks;
	const struct export *export;
};

/* How a file tells which disk it is about; NULL when it does not. */
typedef struct block *find_fn(const struct exporting *in, const char *path);

/* A device that is not found is lost; what is elsewhere is a file. */
static struct block *find_exported(const struct exporting *in, const char *device)
{
	struct block *block = blocks_find_path(in->root, in->blocks, device);

	if (!block && starts_with(device, "/dev/") && !starts_with(device, "/dev/shm/"))
		blocks_lose(in->blocks, device);
	return block;
}

static struct block *find_by_path(const struct exporting *in, const char *path)
{
	char device[NODE_TEXT_MAX];

	return root_read_line(in->root, path, device, sizeof(device)) < 0
		       ? NULL
		       : find_exported(in, device);
}

/* Whoever set the target up may have written anything there. */
static struct block *find_by_note(const struct exporting *in, const char *path)
{
	char device[NODE_TEXT_MAX];

	return root_read_line(in->root, path, device, sizeof(device)) < 0
		       ? NULL
		       : blocks_find_path(in->root, in->blocks, device);
}

/* o2hb_region_dev_show() */
static struct block *find_by_name(const struct exporting *in, const char *path)
{
	char name[BLOCK_NAME_MAX];

	return root_read_line(in->root, path, name, sizeof(name)) < 0
		       ? NULL
		       : blocks_find(in->blocks, name);
}

static struct block *find_by_link(const struct exporting *in, const char *path)
{
	char name[BLOCK_NAME_MAX];

	return root_read_link_name(in->root, path, name, sizeof(name)) < 0
		       ? NULL
		       : blocks_find(in->blocks, name);
}

/* physical_device (drivers/block/xen-blkback/xenbus.c) */
static struct block *find_by_number(const struct exporting *in, const char *path)
{
	unsigned int major, minor;
	char line[32];

	if (root_read_line(in->root, path, line, sizeof(line)) < 0 ||
	    sscanf(line, "%x:%x", &major, &minor) != 2)
		return NULL;
	return blocks_find_number(in->blocks, major, minor);
}

/* iblock_show_configfs_dev_params() */
static struct block *find_by_iblock(const struct exporting *in, const char *path)
{
	_cleanup_free_ char *text = NULL;
	unsigned int major, minor;
	const char *at;

	if (root_read(in->root, path, NODE_TEXT_MAX, &text, NULL) < 0)
		return NULL;
	at = strstr(text, "Major: ");
	if (!at || sscanf(at, "Major: %u Minor: %u", &major, &minor) != 2)
		return NULL;
	return blocks_find_number(in->blocks, major, minor);
}

/* fd_show_configfs_dev_params() */
static struct block *find_by_fileio(const struct exporting *in, const char *path)
{
	_cleanup_free_ char *text = NULL;
	char *at, *end;

	if (root_read(in->root, path, NODE_TEXT_MAX, &text, NULL) < 0)
		return NULL;
	at = strstr(text, " File: ");
	end = at ? strstr(at, "  Size: ") : NULL;
	if (!end)
		return NULL;
	*end = '\0';
	return find_exported(in, at + strlen(" File: "));
}

static const struct export
{
	const char *pattern;
	find_fn *find;
	const char *exporter;
}
exports[] = {
	{CONFIGFS "nvmet/subsystems/*/namespaces/*/device_path", find_by_path, "an NVMe target"},
	{CONFIGFS "target/core/iblock_*/*/info", find_by_iblock, "a SCSI target"},
	{CONFIGFS "target/core/fileio_*/*/info", find_by_fileio, "a SCSI target"},
	{CONFIGFS "target/core/*_*/*/udev_path", find_by_note, "a SCSI target"},
	{CONFIGFS "usb_gadget/*/functions/mass_storage.*/lun.*/file", find_by_path, "a USB disk"},
	{"sys/class/udc/*/device/gadget*/lun*/file", find_by_path, "a USB disk"},
	{"sys/class/rnbd-server/ctl/devices/*/block_dev", find_by_link, "an RNBD disk"},
	{CONFIGFS "cluster/*/heartbeat/*/dev", find_by_name, "the heartbeat of a cluster (OCFS2)"},
	{"sys/bus/xen-backend/devices/vbd-*/physical_device", find_by_number,
	 "a disk of a guest of Xen"},
};

static int note(const char *path, void *arg)
{
	const struct exporting *in = arg;
	struct block *block = in->export->find(in, path);

	if (block)
		block->exported_as = in->export->exporter;
	return 0;
}

int exports_apply(const struct root *root, struct blocks *blocks)
{
	struct exporting in = {.root = root, .blocks = blocks};
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(exports) && r == 0; i++) {
		in.export = &exports[i];
		r = match_each(root, exports[i].pattern, note, &in);
	}
	return r;
}
