// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/again.h"

#include <errno.h>

#include "snapshot/host_state.h"
#include "snapshot/node.h"
#include "snapshot/probe.h"
#include "snapshot/use.h"

#define DEVICES "sys/bus/pci/devices"
#define GROUPS "sys/kernel/iommu_groups"
#define PATH_TEXT_MAX 96

/* The functions that are about to be reset. */
struct subjects {
	const struct function *const *list;
	size_t count;
};

/* A reset of the subjects can concern it: one of them, a VF of one, of their groups or buses. */
static bool is_concerned(const struct subjects *subjects, const struct function *function)
{
	for (size_t i = 0; i < subjects->count; i++) {
		const struct function *subject = subjects->list[i];

		if (streq(subject->bdf, function->bdf) || streq(subject->bdf, function->physfn) ||
		    (subject->group != NO_GROUP && subject->group == function->group) ||
		    (subject->upstream[0] && streq(subject->upstream, function->upstream)))
			return !function->is_bridge;
	}
	return false;
}

/* Uses that are read with the function itself. */
static int copy_own_uses(const struct function *from, struct function *to)
{
	for (size_t i = 0; i < from->use_count; i++) {
		enum use_kind kind = from->uses[i].kind;

		if ((kind == USE_BOOT_VGA || kind == USE_VFS) &&
		    !function_add_use(to, kind, from->uses[i].what))
			return -ENOMEM;
	}
	return 0;
}

/* A driver that was bound meanwhile, to a group mate perhaps, is what others use it through. */
static void read_driver_again(const struct root *root, struct function *function)
{
	char path[PATH_TEXT_MAX], driver[sizeof(function->driver)];
	int r;

	snprintf(path, sizeof(path), DEVICES "/%s/driver", function->bdf);
	r = root_read_link_name(root, path, driver, sizeof(driver));
	if (r == 0)
		strcpy(function->driver, driver);
	else if (r == -ENOENT)
		function->driver[0] = '\0';
	snprintf(path, sizeof(path), DEVICES "/%s/net", function->bdf);
	function->has_net = function->driver[0] && !root_is_absent(root, path);
}

/* Only of what is to be reset: the kernel answers under a lock that a hung reset holds. */
static int read_vfs_again(const struct root *root, struct function *function)
{
	char path[PATH_TEXT_MAX];
	uint64_t count = 0;
	int r;

	snprintf(path, sizeof(path), DEVICES "/%s/sriov_numvfs", function->bdf);
	r = root_read_u64(root, path, &count);
	return use_take_vfs(function, r, count);
}

/* What was not there has no entry, and nobody has looked at it. */
static int read_group_again(const struct root *root, const struct snapshot *snapshot,
			    struct function *function)
{
	_cleanup_names_ struct names names = {0};
	char path[PATH_TEXT_MAX], what[PATH_TEXT_MAX];
	int r;

	if (function->group == NO_GROUP)
		return 0;
	snprintf(path, sizeof(path), GROUPS "/%d/devices", function->group);
	r = names_read(root, path, &names);
	for (size_t i = 0; i < names.count; i++) {
		if (snapshot_find(snapshot, names.list[i]))
			continue;
		snprintf(what, sizeof(what), "%.40s has joined its group", names.list[i]);
		if (!function_add_use(function, USE_UNKNOWN, what))
			return -ENOMEM;
	}
	return r == -ENOMEM ? r : 0;
}

static int copy_functions(const struct root *root, const struct snapshot *then,
			  const struct subjects *subjects, struct snapshot *now,
			  enum use_scope *scope)
{
	int r = 0;

	*scope = USE_SCOPE_UNBOUND;
	for (size_t i = 0; i < then->function_count && r == 0; i++) {
		struct function *function = snapshot_add_function(now);

		if (!function)
			return -ENOMEM;
		*function = then->functions[i];
		function->vendor_name = function->device_name = function->class_name = NULL;
		function->uses = NULL;
		function->use_count = 0;
		r = copy_own_uses(&then->functions[i], function);
		if (!is_concerned(subjects, function))
			continue;
		read_driver_again(root, function);
		if (function->driver[0])
			*scope = USE_SCOPE_FULL;
	}
	return r;
}

int snapshot_look_again(const struct root *root, const struct snapshot *then,
			const struct function *const *functions, size_t count,
			struct openless *openless, struct snapshot *now)
{
	const struct subjects subjects = {functions, count};
	enum use_scope scope;
	int r = copy_functions(root, then, &subjects, now, &scope);

	now->host = then->host;
	if (r == 0)
		r = host_settings_read(root, &now->host);
	if (r == 0)
		r = use_read(root, scope, openless, now);
	for (size_t i = 0; i < count && r == 0; i++) {
		struct function *function = use_function(now, functions[i]->bdf);

		if (!function)
			continue;
		r = read_vfs_again(root, function);
		if (r == 0)
			r = read_group_again(root, now, function);
		if (r == 0 && scope == USE_SCOPE_FULL)
			r = probe_disks(root, now, function);
	}
	return r;
}
