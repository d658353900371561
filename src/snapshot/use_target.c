// SPDX-License-Identifier: GPL-2.0-or-later
/* What is lent to other machines. */
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/match.h"
#include "snapshot/node.h"

#define CONFIGFS "sys/kernel/config/"
#define PSCSI CONFIGFS "target/core/pscsi_*/*/info"
#define NVME_PEER_MEMORY CONFIGFS "nvmet/subsystems/*/namespaces/*/p2pmem"
#define NVME_PASSTHRU CONFIGFS "nvmet/subsystems/*/passthru/device_path"
#define USB_LENT "sys/bus/usb/drivers/usbip-host/*/usbip_status"
#define USB_AVAILABLE 1
#define USB_GADGETS "sys/class/udc/*/function"
#define CLASS_STORAGE 0x01
#define CLASS_FIBRE_CHANNEL 0x0c04
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

	/* "(null)" when there is none */
	if (root_read_line(in->root, path, device, sizeof(device)) < 0 || device[0] != '/')
		return 0;
	name = strrchr(device, '/') + 1;
	snprintf(link, sizeof(link), "sys/class/nvme/%.200s", name);
	if (root_read_link(in->root, link, place, sizeof(place)) < 0)
		return use_mark_bound(in->snapshot,
				      "cannot tell which NVMe controller is passed to a target");
	r = use_mark_path(in->snapshot, place, USE_HELD, "it is passed to an NVMe target");
	return r < 0 ? r : 0;
}

/* The target takes any memory that is published for peers. */
static int mark_published(const struct root *root, struct function *function)
{
	char path[PATH_TEXT_MAX];
	uint64_t published;
	int r;

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/p2pmem/published", function->bdf);
	r = root_read_u64(root, path, &published);
	if (r == -ENOENT || (r == 0 && !published))
		return 0;
	return function_add_use(function, r < 0 ? USE_UNKNOWN : USE_HELD,
				"an NVMe target may use its memory")
		       ? 0
		       : -ENOMEM;
}

/* 0: none, 1: any, or the function whose it is (pci_p2pdma_enable_show()). */
static int mark_peer_memory(const char *path, void *arg)
{
	const struct passing *in = arg;
	char wanted[64];
	bool any;
	int r = root_read_line(in->root, path, wanted, sizeof(wanted));

	if (r == 0 && streq(wanted, "0"))
		return 0;
	any = r < 0 || streq(wanted, "1");
	r = 0;
	for (size_t i = 0; i < in->snapshot->function_count && r == 0; i++)
		if (any || streq(in->snapshot->functions[i].bdf, wanted))
			r = mark_published(in->root, &in->snapshot->functions[i]);
	return r;
}

/* usbip_status: 1 is lent to nobody yet (enum usbip_device_status). */
static int mark_lent_usb(const char *path, void *arg)
{
	const struct passing *in = arg;
	char link[PATH_TEXT_MAX], place[NODE_TEXT_MAX];
	uint64_t status;
	int r = root_read_u64(in->root, path, &status);

	if (r == 0 && status == USB_AVAILABLE)
		return 0;
	snprintf(link, sizeof(link), "%.*s", (int)(strrchr(path, '/') - path), path);
	if (root_read_link(in->root, link, place, sizeof(place)) < 0)
		return 0;
	r = use_mark_path(in->snapshot, place, r < 0 ? USE_UNKNOWN : USE_HELD,
			  "a USB device below it is lent to another machine");
	return r < 0 ? r : 0;
}

/* A controller by which this machine is a USB device of another one. */
static int mark_gadget(const char *path, void *arg)
{
	const struct passing *in = arg;
	char link[PATH_TEXT_MAX], place[NODE_TEXT_MAX], gadget[64];
	int r = root_read_line(in->root, path, gadget, sizeof(gadget));

	if (r == 0 && !gadget[0])
		return 0;
	snprintf(link, sizeof(link), "%.*s", (int)(strrchr(path, '/') - path), path);
	if (root_read_link(in->root, link, place, sizeof(place)) < 0)
		return 0;
	r = use_mark_path(in->snapshot, place, USE_HELD, "it is a USB device of another machine");
	return r < 0 ? r : 0;
}

/* A disk may be on it, or who is lent one may be served by it. */
static bool may_lend(const struct function *function)
{
	return function->driver[0] && !function->is_bridge &&
	       (function->has_disk || function->class_code >> 16 == CLASS_STORAGE ||
		function->class_code >> 8 == CLASS_FIBRE_CHANNEL);
}

static int mark_lenders(struct snapshot *snapshot, const char *what)
{
	for (size_t i = 0; i < snapshot->function_count; i++)
		if (may_lend(&snapshot->functions[i]) &&
		    !function_add_use(&snapshot->functions[i], USE_UNKNOWN, what))
			return -ENOMEM;
	return 0;
}

/* Who exports is set up in configfs alone, which need not be mounted. */
static int mark_unseen(const struct root *root, struct snapshot *snapshot)
{
	static const struct {
		const char *module, *directory;
	} exporters[] = {
		{"nvmet", "nvmet"},
		{"target_core_mod", "target"},
		{"libcomposite", "usb_gadget"},
	};
	char path[PATH_TEXT_MAX], what[WHAT_MAX];
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(exporters) && r == 0; i++) {
		snprintf(path, sizeof(path), "sys/module/%s", exporters[i].module);
		if (root_is_absent(root, path))
			continue;
		snprintf(path, sizeof(path), CONFIGFS "%s", exporters[i].directory);
		if (root_exists(root, path))
			continue;
		snprintf(what, sizeof(what), "cannot tell what %s exports: there is no /%.60s",
			 exporters[i].module, path);
		r = mark_lenders(snapshot, what);
	}
	return r;
}

int use_read_targets(const struct root *root, struct snapshot *snapshot)
{
	static const struct {
		const char *pattern;
		int (*mark)(const char *path, void *arg);
	} targets[] = {
		{PSCSI, mark_passed_through},	      {NVME_PASSTHRU, mark_nvme_passed_through},
		{NVME_PEER_MEMORY, mark_peer_memory}, {USB_LENT, mark_lent_usb},
		{USB_GADGETS, mark_gadget},
	};
	struct passing passing = {root, snapshot};
	int r = mark_unseen(root, snapshot);

	for (size_t i = 0; i < ARRAY_SIZE(targets) && r == 0; i++)
		r = match_each(root, targets[i].pattern, targets[i].mark, &passing);
	return r;
}
