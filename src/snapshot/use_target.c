// SPDX-License-Identifier: GPL-2.0-or-later
/* What targets lend to other machines, and what they are reached through. */
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/match.h"
#include "snapshot/node.h"

#define CONFIGFS "sys/kernel/config/"
#define PSCSI CONFIGFS "target/core/pscsi_*/*/info"
#define FABRICS CONFIGFS "target/"
#define NVME_PASSTHRU CONFIGFS "nvmet/subsystems/*/passthru/device_path"
#define NVME_PORTS CONFIGFS "nvmet/ports/*/addr_trtype"
#define FC_HOSTS "sys/class/fc_host"
#define PATH_TEXT_MAX 400
#define WHAT_MAX 192

struct passing {
	const struct root *root;
	struct snapshot *snapshot;
};

/* Any SCSI device, tapes and changers too; pscsi_show_configfs_dev_params(). */
static int mark_passed_through(const char *path, void *arg)
{
	const struct passing *in = arg;
	_cleanup_free_ char *text = NULL;
	char link[PATH_TEXT_MAX], place[NODE_TEXT_MAX];
	unsigned int channel, target, lun, host;
	const char *at;
	int r;

	r = root_read(in->root, path, NODE_TEXT_MAX, &text, NULL);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	at = strstr(text, "Channel ID: ");
	if (!at || sscanf(at, "Channel ID: %u Target ID: %u LUN: %u Host ID: %u", &channel, &target,
			  &lun, &host) != 4)
		return use_mark_bound(in->snapshot,
				      "cannot tell which SCSI device is passed to a SCSI target");
	snprintf(link, sizeof(link), "sys/bus/scsi/devices/%u:%u:%u:%u", host, channel, target,
		 lun);
	if (root_read_link(in->root, link, place, sizeof(place)) < 0)
		return 0;
	r = use_mark_path(in->snapshot, place, USE_HELD,
			  "a SCSI device of it is passed to a SCSI target");
	return r < 0 ? r : 0;
}

/* A whole controller lent to other machines; nothing has it open (nvmet_passthru_ctrl_enable()). */
static int mark_nvme_passed_through(const char *path, void *arg)
{
	const struct passing *in = arg;
	char device[NODE_TEXT_MAX], link[PATH_TEXT_MAX], place[NODE_TEXT_MAX];
	const char *name;
	int r;

	if (root_read_line(in->root, path, device, sizeof(device)) < 0 || !device[0])
		return 0;
	name = strrchr(device, '/') ? strrchr(device, '/') + 1 : device;
	snprintf(link, sizeof(link), "sys/class/nvme/%.200s", name);
	if (root_read_link(in->root, link, place, sizeof(place)) < 0)
		return use_mark_bound(in->snapshot,
				      "cannot tell which NVMe controller is passed to a target");
	r = use_mark_path(in->snapshot, place, USE_HELD, "it is passed to an NVMe target");
	return r < 0 ? r : 0;
}

/* Fabrics are called like the drivers of their adapters: qla2xxx, efct (target_core_fabric_ops). */
static int mark_fabric(const char *path, void *arg)
{
	const struct passing *in = arg;
	const char *fabric = path + strlen(FABRICS);
	size_t length = strcspn(fabric, "/");

	for (size_t i = 0; i < in->snapshot->function_count; i++) {
		struct function *function = &in->snapshot->functions[i];

		if (strlen(function->driver) != length ||
		    memcmp(function->driver, fabric, length) != 0)
			continue;
		if (!function_add_use(function, USE_HELD, "a SCSI target may be served through it"))
			return -ENOMEM;
	}
	return 0;
}

/* Which adapter a port belongs to takes its address to tell: any may. */
static int mark_fibre_channel(const char *path, void *arg)
{
	const struct passing *in = arg;
	_cleanup_names_ struct names hosts = {0};
	char transport[32], link[PATH_TEXT_MAX], place[NODE_TEXT_MAX];
	int r = root_read_line(in->root, path, transport, sizeof(transport));

	if (r < 0 || !streq(transport, "fc"))
		return 0;
	r = names_read(in->root, FC_HOSTS, &hosts);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; i < hosts.count && r >= 0; i++) {
		snprintf(link, sizeof(link), FC_HOSTS "/%.200s", hosts.list[i]);
		if (root_read_link(in->root, link, place, sizeof(place)) == 0)
			r = use_mark_path(in->snapshot, place, USE_HELD,
					  "an NVMe target may be served through it");
	}
	return r < 0 ? r : 0;
}

int use_read_targets(const struct root *root, struct snapshot *snapshot)
{
	static const struct {
		const char *pattern;
		int (*mark)(const char *path, void *arg);
	} targets[] = {
		{PSCSI, mark_passed_through},
		{NVME_PASSTHRU, mark_nvme_passed_through},
		{FABRICS "*/*/tpgt_*", mark_fabric},
		{NVME_PORTS, mark_fibre_channel},
	};
	struct passing passing = {root, snapshot};
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(targets) && r == 0; i++)
		r = match_each(root, targets[i].pattern, targets[i].mark, &passing);
	return r;
}
