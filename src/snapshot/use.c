// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

struct function *use_function(struct snapshot *snapshot, const char *bdf)
{
	const struct function *found = snapshot_find(snapshot, bdf);

	return found ? &snapshot->functions[found - snapshot->functions] : NULL;
}

int use_mark_path_vital(struct snapshot *snapshot, const char *path, enum use_kind kind, bool vital,
			const char *what)
{
	char bdf[BDF_MAX];
	int count = 0;

	while ((path = bdf_next_in_path(path, bdf))) {
		struct function *function = use_function(snapshot, bdf);
		struct use *use;

		if (!function || function->is_bridge)
			continue;
		use = function_add_use(function, kind, what);
		if (!use)
			return -ENOMEM;
		use->vital = vital;
		count++;
	}
	return count;
}

int use_mark_path(struct snapshot *snapshot, const char *path, enum use_kind kind, const char *what)
{
	return use_mark_path_vital(snapshot, path, kind, false, what);
}

int use_mark_bound(struct snapshot *snapshot, const char *what)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!function->driver[0] || function->is_bridge)
			continue;
		if (!function_add_use(function, USE_UNKNOWN, what))
			return -ENOMEM;
	}
	return 0;
}

static int read_opens(const struct root *root, struct snapshot *snapshot, struct opens *opens)
{
	int r = snapshot->function_count ? opens_read(root, opens) : 0;

	if (r < 0 && r != -ENOMEM)
		return use_mark_bound(snapshot, "cannot tell which device files are open (proc)");
	return r;
}

int use_read(const struct root *root, struct snapshot *snapshot)
{
	static int (*const readers[])(const struct root *, struct snapshot *) = {
		use_read_network,
		use_read_console,
		use_read_display,
		use_read_cxl,
	};
	_cleanup_opens_ struct opens opens = {0};
	int r = read_opens(root, snapshot, &opens);

	if (r == 0)
		r = use_read_block(root, snapshot, &opens);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(readers); i++)
		r = readers[i](root, snapshot);
	if (r == 0)
		r = use_read_open(root, snapshot, &opens);
	return r < 0 ? r : use_read_vfio(root, snapshot, &opens);
}
