// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/node.h"

#define WHAT_MAX 192
#define GROUPS "sys/kernel/iommu_groups"
#define DEVICES "sys/class/vfio-dev"

static bool is_vfio_driver(const char *driver)
{
	return strstr(driver, "vfio") != NULL;
}

/* sys/bus/pci/devices/BDF/vfio-dev/vfioN is /dev/vfio/devices/vfioN. */
static bool has_cdev(const struct root *root, const struct function *function, const char *cdev)
{
	char path[300];

	if (strchr(cdev, '/'))
		return false;
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/vfio-dev/%.64s", function->bdf, cdev);
	return !root_is_absent(root, path);
}

/* A group is open to one user alone, whatever the driver is called that lends what is in it. */
static bool is_in_group(const struct function *function, const char *number)
{
	return node_is_number(number) && function->group != NO_GROUP && function->driver[0] &&
	       !function->is_bridge && strtol(number, NULL, 10) == function->group;
}

/* @name is below /dev/vfio: GROUP, noiommu-GROUP or devices/vfioN. */
static bool is_opened(const struct root *root, const struct function *function, const char *name)
{
	if (starts_with(name, "devices/"))
		return has_cdev(root, function, name + strlen("devices/"));
	if (starts_with(name, "noiommu-"))
		name += strlen("noiommu-");
	return is_in_group(function, name);
}

/* That of a mediated device hangs off the function that lends it. */
static int mark_cdev(const struct root *root, struct snapshot *snapshot, const char *name,
		     const char *what)
{
	char path[300], place[NODE_TEXT_MAX];
	int r;

	snprintf(path, sizeof(path), DEVICES "/%.64s", name);
	if (root_read_link(root, path, place, sizeof(place)) < 0)
		return 0;
	r = use_mark_path(snapshot, place, USE_VFIO, what);
	return r < 0 ? r : 0;
}

/* A mediated device has a group of its own, and hangs off the function that lends it. */
static int mark_mediated(const struct root *root, struct snapshot *snapshot, const char *group,
			 const char *what)
{
	_cleanup_names_ struct names names = {0};
	char path[300], place[NODE_TEXT_MAX];
	int r;

	if (starts_with(group, "devices/"))
		return mark_cdev(root, snapshot, group + strlen("devices/"), what);
	if (!node_is_number(group))
		return 0;
	snprintf(path, sizeof(path), GROUPS "/%.20s/devices", group);
	r = names_read(root, path, &names);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; i < names.count && r >= 0; i++) {
		if (snapshot_find(snapshot, names.list[i]))
			continue;
		snprintf(path, sizeof(path), GROUPS "/%.20s/devices/%.200s", group, names.list[i]);
		if (root_read_link(root, path, place, sizeof(place)) == 0)
			r = use_mark_path(snapshot, place, USE_VFIO, what);
	}
	return r < 0 ? r : 0;
}

/* Which device an unnamed VFIO device is, nobody can tell: it may be any. */
static int mark_opened(const struct root *root, struct snapshot *snapshot,
		       const struct opened *opened)
{
	char what[WHAT_MAX];
	bool found = false;

	opened_describe(opened, what, sizeof(what));
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (opened->kind == OPEN_VFIO ? !is_opened(root, function, opened->path)
					      : !is_vfio_driver(function->driver))
			continue;
		found = true;
		if (!function_add_use(function, USE_VFIO, what))
			return -ENOMEM;
	}
	return opened->kind == OPEN_VFIO && !found
		       ? mark_mediated(root, snapshot, opened->path, what)
		       : 0;
}

static int mark_undetermined(struct snapshot *snapshot, bool (*is_meant)(const char *),
			     const char *what)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!is_meant(function->driver) || function->use_count)
			continue;
		if (!function_add_use(function, USE_UNKNOWN, what))
			return -ENOMEM;
	}
	return 0;
}

/* Which guest of Xen has a function is not for Linux to know. */
static bool is_xen_driver(const char *driver)
{
	return strstr(driver, "pciback") != NULL;
}

int use_read_vfio(const struct root *root, struct snapshot *snapshot, const struct opens *opens)
{
	int r = mark_undetermined(snapshot, is_xen_driver,
				  "cannot tell whether a guest of Xen has it");

	for (size_t i = 0; i < opens->count && r == 0; i++)
		if (opens->list[i].kind == OPEN_VFIO || opens->list[i].kind == OPEN_LOST)
			r = mark_opened(root, snapshot, &opens->list[i]);
	if (r == 0 && (opens->missed[0] || !opens->saw_any))
		r = mark_undetermined(snapshot, is_vfio_driver,
				      "cannot tell whether a process has its VFIO device open");
	return r;
}
