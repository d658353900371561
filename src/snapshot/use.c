// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

struct function *use_function(struct snapshot *snapshot, const char *bdf)
{
	const struct function *found = snapshot_find(snapshot, bdf);

	return found ? &snapshot->functions[found - snapshot->functions] : NULL;
}

int use_mark_path(struct snapshot *snapshot, const char *path, enum use_kind kind, const char *what)
{
	char bdf[BDF_MAX];
	int count = 0;

	while ((path = bdf_next_in_path(path, bdf))) {
		struct function *function = use_function(snapshot, bdf);

		if (!function || function->is_bridge)
			continue;
		if (!function_add_use(function, kind, what))
			return -ENOMEM;
		count++;
	}
	return count;
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

int use_read(const struct root *root, struct snapshot *snapshot)
{
	static int (*const readers[])(const struct root *, struct snapshot *) = {
		use_read_block, use_read_network, use_read_vfio, use_read_console, use_read_cxl,
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(readers); i++)
		r = readers[i](root, snapshot);
	return r;
}
