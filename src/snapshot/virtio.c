// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/virtio.h"

#include <errno.h>

#include "snapshot/node.h"
#include "snapshot/use.h"

#define VIRTIO "sys/bus/virtio/devices"
#define PATH_TEXT_MAX 300

static void read_driver(const struct root *root, struct snapshot *snapshot, const char *device)
{
	char path[PATH_TEXT_MAX], place[NODE_TEXT_MAX], bdf[BDF_MAX];
	const char *at = place;
	struct function *function = NULL;

	snprintf(path, sizeof(path), VIRTIO "/%.128s", device);
	if (root_read_link(root, path, place, sizeof(place)) < 0)
		return;
	while ((at = bdf_next_in_path(at, bdf)))
		function = use_function(snapshot, bdf);
	if (!function)
		return;
	snprintf(path, sizeof(path), VIRTIO "/%.128s/driver", device);
	if (root_read_link_name(root, path, function->virtio_driver,
				sizeof(function->virtio_driver)) == -EOVERFLOW)
		strcpy(function->virtio_driver, "?");
}

int virtio_read(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_names_ struct names devices = {0};
	int r = names_read(root, VIRTIO, &devices);

	for (size_t i = 0; r == 0 && i < devices.count; i++)
		read_driver(root, snapshot, devices.list[i]);
	return r == -ENOMEM ? r : 0;
}
