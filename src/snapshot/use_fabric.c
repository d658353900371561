// SPDX-License-Identifier: GPL-2.0-or-later
/* Adapters that targets are served through, or that lead to disks whose sysfs path is elsewhere. */
#include "snapshot/use.h"

#include <errno.h>
#include <inttypes.h>

#include "snapshot/match.h"
#include "snapshot/node.h"

#define FABRICS "sys/kernel/config/target/"
#define NVME_PORTS "sys/kernel/config/nvmet/ports/*/addr_trtype"
#define NVME_HOSTS "sys/class/nvme/"
#define FC_HOSTS "sys/class/fc_host"
#define ANY_PORT 0
#define PATH_TEXT_MAX 400
#define WHAT_MAX 192

struct fabric {
	const struct root *root;
	struct snapshot *snapshot;
};

/* What cannot be told to be another port is the one. */
static bool is_port(const struct root *root, const char *host, uint64_t port)
{
	char path[PATH_TEXT_MAX];
	uint64_t name;

	snprintf(path, sizeof(path), FC_HOSTS "/%.200s/port_name", host);
	return port == ANY_PORT || root_read_u64(root, path, &name) < 0 || name == port;
}

static int mark_fc_hosts(const struct fabric *in, uint64_t port, const char *what)
{
	_cleanup_names_ struct names hosts = {0};
	char link[PATH_TEXT_MAX], place[NODE_TEXT_MAX];
	int r = names_read(in->root, FC_HOSTS, &hosts);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; i < hosts.count && r >= 0; i++) {
		snprintf(link, sizeof(link), FC_HOSTS "/%.200s", hosts.list[i]);
		if (is_port(in->root, hosts.list[i], port) &&
		    root_read_link(in->root, link, place, sizeof(place)) == 0)
			r = use_mark_path_vital(in->snapshot, place, USE_HELD,
						in->snapshot->network_is_vital, what);
	}
	return r < 0 ? r : 0;
}

/*
 * The fabrics of a driver are called as it is, that of its virtual ports "qla2xxx_npiv". The only
 * one of FireWire is called after its protocol.
 */
static bool is_fabric_of(const char *driver, const char *fabric, size_t length)
{
	size_t own = strlen(driver);

	if (streq(driver, "firewire_ohci") && length == strlen("sbp"))
		return memcmp(fabric, "sbp", length) == 0;
	return own && own <= length && memcmp(driver, fabric, own) == 0 &&
	       (own == length || fabric[own] == '_');
}

/* qla2xxx, efct; tcm_fc ("fc") serves all that libfc drives (target_core_fabric_ops). */
static int mark_fabric(const char *path, void *arg)
{
	static const char what[] = "a SCSI target may be served through it";
	const struct fabric *in = arg;
	const char *name = path + strlen(FABRICS);
	size_t length = strcspn(name, "/");

	for (size_t i = 0; i < in->snapshot->function_count; i++) {
		struct function *function = &in->snapshot->functions[i];

		if (is_fabric_of(function->driver, name, length) &&
		    !function_add_use(function, USE_HELD, what))
			return -ENOMEM;
	}
	return starts_with(name, "fc/") ? mark_fc_hosts(in, ANY_PORT, what) : 0;
}

/* Which adapter a port belongs to takes its address to tell: any may. */
static int mark_nvme_port(const char *path, void *arg)
{
	const struct fabric *in = arg;
	char transport[32];

	if (root_read_line(in->root, path, transport, sizeof(transport)) < 0 ||
	    !streq(transport, "fc"))
		return 0;
	return mark_fc_hosts(in, ANY_PORT, "an NVMe target may be served through it");
}

/* "traddr=nn-0x..:pn-0x..,host_traddr=nn-0x..:pn-0x.." (nvmf_get_address()) */
static uint64_t read_own_port(const struct root *root, const char *controller)
{
	char path[PATH_TEXT_MAX], address[512];
	const char *own, *port;
	uint64_t name;

	snprintf(path, sizeof(path), NVME_HOSTS "%s/address", controller);
	if (root_read_line(root, path, address, sizeof(address)) < 0)
		return ANY_PORT;
	own = strstr(address, "host_traddr=");
	port = own ? strstr(own, "pn-0x") : NULL;
	return port && sscanf(port, "pn-0x%" SCNx64, &name) == 1 ? name : ANY_PORT;
}

/* Controllers on fabrics hang off a virtual device: no path leads from their disks to the adapter.
 */
static int mark_nvme_host(const char *path, void *arg)
{
	const struct fabric *in = arg;
	const char *name = path + strlen(NVME_HOSTS);
	char transport[32], controller[64], what[WHAT_MAX];

	if (root_read_line(in->root, path, transport, sizeof(transport)) < 0 ||
	    !streq(transport, "fc"))
		return 0;
	snprintf(controller, sizeof(controller), "%.*s", (int)strcspn(name, "/"), name);
	snprintf(what, sizeof(what), "the NVMe controller %s is reached through it", controller);
	return mark_fc_hosts(in, read_own_port(in->root, controller), what);
}

int use_read_fabrics(const struct root *root, struct snapshot *snapshot)
{
	static const struct {
		const char *pattern;
		int (*mark)(const char *path, void *arg);
	} fabrics[] = {
		{FABRICS "*/*/tpgt_*", mark_fabric},
		{NVME_PORTS, mark_nvme_port},
		{NVME_HOSTS "*/transport", mark_nvme_host},
	};
	struct fabric fabric = {root, snapshot};
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(fabrics) && r == 0; i++)
		r = match_each(root, fabrics[i].pattern, fabrics[i].mark, &fabric);
	return r;
}
