// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/process.h"

#include "snapshot/node.h"

int process_for_each(const struct root *root, int (*visit)(const char *directory, void *arg),
		     void *arg)
{
	_cleanup_names_ struct names names = {0};
	int r = names_read(root, "proc", &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		char directory[300];

		if (!node_is_number(names.list[i]))
			continue;
		snprintf(directory, sizeof(directory), "proc/%.255s", names.list[i]);
		r = visit(directory, arg);
	}
	return r;
}
