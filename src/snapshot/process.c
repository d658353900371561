// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/process.h"

#include <errno.h>

#include "snapshot/node.h"

/* With hidepid= whoever may not trace others does not see that they are there. */
static bool sees_others(const struct root *root, const struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (streq(names->list[i], "1"))
			return true;
	return !root->live;
}

int process_for_each(const struct root *root, int (*visit)(const char *directory, void *arg),
		     void *arg)
{
	_cleanup_names_ struct names names = {0};
	int r = names_read(root, "proc", &names);

	if (r == 0 && !sees_others(root, &names))
		r = -EACCES;
	for (size_t i = 0; r == 0 && i < names.count; i++) {
		char directory[300];

		if (!node_is_number(names.list[i]))
			continue;
		snprintf(directory, sizeof(directory), "proc/%.255s", names.list[i]);
		r = visit(directory, arg);
	}
	return r;
}
