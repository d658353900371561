// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/match.h"
#include "snapshot/node.h"

#define DAX "sys/bus/dax/devices/"
#define PATH_TEXT_MAX 300
#define WHAT_MAX 192

struct memory {
	const struct root *root;
	struct snapshot *snapshot;
};

/* Processes have the files of device_dax open; any other driver gives the memory to the kernel. */
static int mark_dax(const char *path, void *arg)
{
	const struct memory *in = arg;
	char link[PATH_TEXT_MAX], driver[64], place[NODE_TEXT_MAX], what[WHAT_MAX];
	int r;

	snprintf(link, sizeof(link), "%.250s/driver", path);
	r = root_read_link_name(in->root, link, driver, sizeof(driver));
	if (r == -ENOENT || (r == 0 && streq(driver, "device_dax")) ||
	    root_read_link(in->root, path, place, sizeof(place)) < 0)
		return 0;
	snprintf(what, sizeof(what), "%.60s is memory of the machine (%s)", path + strlen(DAX),
		 r == 0 ? driver : "?");
	r = use_mark_path_vital(in->snapshot, place, USE_HELD, true, what);
	return r < 0 ? r : 0;
}

/* How much of it is plugged in, its driver does not tell. */
static int mark_virtio_memory(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];
		struct use *use;

		if (!streq(function->virtio_driver, "virtio_mem"))
			continue;
		use = function_add_use(function, USE_HELD, "its memory is the machine's");
		if (!use)
			return -ENOMEM;
		use->vital = true;
	}
	return 0;
}

int use_read_memory(const struct root *root, struct snapshot *snapshot)
{
	struct memory memory = {root, snapshot};
	int r = mark_virtio_memory(snapshot);

	return r < 0 ? r : match_each(root, DAX "*", mark_dax, &memory);
}
