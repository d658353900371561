// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/match.h"
#include "snapshot/node.h"

#define INFINIBAND "sys/class/infiniband"
#define DMA_CHANNELS "sys/class/dma/"
#define WATCHDOGS "sys/class/watchdog/"
#define PATH_TEXT_MAX 400
#define WHAT_MAX 192

/* Whoever in the kernel uses it (storage and file systems over RDMA) leaves no trace. */
static void describe_rdma(char what[WHAT_MAX], const char *device)
{
	snprintf(what, WHAT_MAX,
		 "the RDMA device %.60s is on it; who in the kernel uses it does not show", device);
}

/* rdma_rxe and siw sit on an interface, and name it. */
static int mark_software_rdma(const struct root *root, struct snapshot *snapshot,
			      const char *device)
{
	char path[PATH_TEXT_MAX], parent[64], place[NODE_TEXT_MAX], what[WHAT_MAX];

	snprintf(path, sizeof(path), INFINIBAND "/%.200s/parent", device);
	if (root_read_line(root, path, parent, sizeof(parent)) < 0)
		return 0;
	snprintf(path, sizeof(path), "sys/class/net/%.63s", parent);
	if (root_read_link(root, path, place, sizeof(place)) < 0)
		return 0;
	describe_rdma(what, device);
	return use_mark_path(snapshot, place, USE_HELD, what);
}

static int mark_rdma(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_names_ struct names devices = {0};
	int r = names_read(root, INFINIBAND, &devices);

	if (r < 0)
		return r == -ENOENT || r == -ENOMEM
			       ? r == -ENOMEM ? r : 0
			       : use_mark_bound(snapshot, "RDMA devices could not be "
							  "read (" INFINIBAND ")");
	for (size_t i = 0; i < devices.count && r >= 0; i++) {
		char path[PATH_TEXT_MAX], place[NODE_TEXT_MAX], what[WHAT_MAX];

		snprintf(path, sizeof(path), INFINIBAND "/%.200s", devices.list[i]);
		if (root_read_link(root, path, place, sizeof(place)) < 0)
			continue;
		describe_rdma(what, devices.list[i]);
		r = use_mark_path(snapshot, place, USE_HELD, what);
		if (r == 0)
			r = mark_software_rdma(root, snapshot, devices.list[i]);
	}
	return r < 0 ? r : 0;
}

/* As with interfaces, the directory stays while what is in it belongs to another namespace. */
static int mark_hidden_rdma(const struct root *root, struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];
		_cleanup_names_ struct names devices = {0};
		char path[PATH_TEXT_MAX];
		int r;

		if (!function->has_net || function->is_bridge)
			continue;
		snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/infiniband", function->bdf);
		r = names_read(root, path, &devices);
		if (r == -ENOMEM)
			return r;
		if (r == 0 && devices.count == 0 &&
		    !function_add_use(function, USE_NETWORK_MOVED,
				      "its RDMA device is in another network namespace"))
			return -ENOMEM;
	}
	return 0;
}

struct service {
	const struct root *root;
	struct snapshot *snapshot;
};

/* Copying, RAID, network offloads and drivers of other devices take channels, and keep them. */
static int mark_dma_channel(const char *path, void *arg)
{
	const struct service *in = arg;
	char link[PATH_TEXT_MAX], place[NODE_TEXT_MAX], what[WHAT_MAX];
	const char *name = path + strlen(DMA_CHANNELS);
	int length = (int)strcspn(name, "/");
	uint64_t users;
	int r = root_read_u64(in->root, path, &users);

	if (r == 0 && !users)
		return 0;
	snprintf(link, sizeof(link), DMA_CHANNELS "%.*s", length, name);
	if (root_read_link(in->root, link, place, sizeof(place)) < 0)
		return 0;
	snprintf(what, sizeof(what),
		 r < 0 ? "cannot tell whether the DMA channel %.*s is used"
		       : "the DMA channel %.*s is used",
		 length < 60 ? length : 60, name);
	r = use_mark_path(in->snapshot, place, r < 0 ? USE_UNKNOWN : USE_HELD, what);
	return r < 0 ? r : 0;
}

/* Those that do not say what they are on are called like their driver: "i6300ESB timer". */
static int mark_by_identity(const struct service *in, const char *watchdog,
			    const struct use *wanted)
{
	char path[PATH_TEXT_MAX], identity[64];

	snprintf(path, sizeof(path), "%.300s/identity", watchdog);
	if (root_read_line(in->root, path, identity, sizeof(identity)) < 0)
		return 0;
	for (size_t i = 0; i < in->snapshot->function_count; i++) {
		struct function *function = &in->snapshot->functions[i];
		struct use *use;

		if (!function->driver[0] || !streq(function->driver, identity))
			continue;
		use = function_add_use(function, wanted->kind, wanted->what);
		if (!use)
			return -ENOMEM;
		use->vital = wanted->vital;
	}
	return 0;
}

/* Without its driver or its registers nobody keeps it from restarting the machine. */
static int mark_watchdog(const char *path, void *arg)
{
	const struct service *in = arg;
	char file[PATH_TEXT_MAX], state[32], place[NODE_TEXT_MAX];
	struct use use;
	int r;

	snprintf(file, sizeof(file), "%.300s/state", path);
	r = root_read_line(in->root, file, state, sizeof(state));
	if ((r == 0 && streq(state, "inactive")) ||
	    root_read_link(in->root, path, place, sizeof(place)) < 0)
		return 0;
	use.vital = r == 0;
	use.kind = use.vital ? USE_HELD : USE_UNKNOWN;
	snprintf(use.what, sizeof(use.what), "%.60s %s", path + strlen(WATCHDOGS),
		 use.vital ? "runs, and restarts the machine when nobody feeds it"
			   : "may run, which it does not tell");
	r = use_mark_path_vital(in->snapshot, place, use.kind, use.vital, use.what);
	if (r == 0)
		r = mark_by_identity(in, path, &use);
	return r < 0 ? r : 0;
}

int use_read_service(const struct root *root, struct snapshot *snapshot)
{
	static const struct {
		const char *pattern;
		int (*mark)(const char *path, void *arg);
	} services[] = {{DMA_CHANNELS "*/in_use", mark_dma_channel},
			{WATCHDOGS "*", mark_watchdog}};
	struct service service = {root, snapshot};
	int r = mark_rdma(root, snapshot);

	if (r == 0)
		r = mark_hidden_rdma(root, snapshot);
	for (size_t i = 0; i < ARRAY_SIZE(services) && r == 0; i++)
		r = match_each(root, services[i].pattern, services[i].mark, &service);
	return r;
}
