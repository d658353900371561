// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/node.h"
#include "snapshot/process.h"

#define OPENER_MAX 80

/* The /dev/vfio files that are open somewhere, and by whom. */
struct search {
	const struct root *root;
	struct snapshot *snapshot;
	bool saw_any, missed_some;
	int error;
};

static bool is_vfio_driver(const char *driver)
{
	return strstr(driver, "vfio") != NULL;
}

/* sys/bus/pci/devices/BDF/vfio-dev/vfioN is /dev/vfio/devices/vfioN. */
static bool has_cdev(const struct search *search, const struct function *function, const char *cdev)
{
	char path[300];

	if (strchr(cdev, '/'))
		return false;
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/vfio-dev/%.64s", function->bdf, cdev);
	return root_exists(search->root, path);
}

static bool is_opened(const struct search *search, const struct function *function,
		      const char *opened)
{
	if (starts_with(opened, "devices/"))
		return has_cdev(search, function, opened + strlen("devices/"));
	if (starts_with(opened, "noiommu-"))
		opened += strlen("noiommu-");
	return node_is_number(opened) && function->group != NO_GROUP &&
	       strtol(opened, NULL, 10) == function->group;
}

static int mark_opened(struct search *search, const char *opened, const char *directory)
{
	char process[64], what[160];

	if (streq(opened, "vfio"))
		return 0;
	snprintf(process, sizeof(process), "%s/comm", directory);
	if (root_read_line(search->root, process, process, sizeof(process)) < 0)
		strcpy(process, "?");
	snprintf(what, sizeof(what), "/dev/vfio/%.40s open in process %s (%s)", opened,
		 directory + strlen("proc/"), process);
	for (size_t i = 0; i < search->snapshot->function_count; i++) {
		struct function *function = &search->snapshot->functions[i];

		if (!is_vfio_driver(function->driver) || !is_opened(search, function, opened))
			continue;
		if (!function_add_use(function, USE_VFIO, what))
			return -ENOMEM;
	}
	return 0;
}

static int visit_process(const char *directory, void *arg)
{
	struct search *search = arg;
	char path[400], target[NODE_TEXT_MAX];
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;
	int r = 0;

	snprintf(path, sizeof(path), "%s/fd", directory);
	dir = root_open_dir(search->root, path);
	if (!dir) {
		search->missed_some |= errno != ENOENT;
		return 0;
	}
	search->saw_any = true;
	while (r == 0 && (entry = readdir(dir)))
		if (!node_is_dot(entry->d_name) &&
		    node_read_link(dirfd(dir), entry->d_name, target, sizeof(target)) == 0 &&
		    starts_with(target, "/dev/vfio/"))
			r = mark_opened(search, target + strlen("/dev/vfio/"), directory);
	return r;
}

static int mark_undetermined(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!is_vfio_driver(function->driver) || function->use_count)
			continue;
		if (!function_add_use(function, USE_UNKNOWN,
				      "cannot tell whether a process has its VFIO device open"))
			return -ENOMEM;
	}
	return 0;
}

int use_read_vfio(const struct root *root, struct snapshot *snapshot)
{
	struct search search = {.root = root, .snapshot = snapshot};
	bool any = false;
	int r;

	for (size_t i = 0; i < snapshot->function_count && !any; i++)
		any = is_vfio_driver(snapshot->functions[i].driver);
	if (!any)
		return 0;
	r = process_for_each(root, visit_process, &search);
	if (r == -ENOMEM)
		return r;
	if (r < 0 || search.missed_some || !search.saw_any)
		return mark_undetermined(snapshot);
	return 0;
}
