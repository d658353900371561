// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/process.h"

#include <errno.h>
#include <sys/stat.h>

#include "snapshot/node.h"

#define LINK_TEXT_MAX 256

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

bool process_is_confined(const struct root *root)
{
	static const char own[] = "proc/self/root", first[] = "proc/1/root";
	char own_link[LINK_TEXT_MAX], first_link[LINK_TEXT_MAX];
	struct stat own_status, first_status;

	/* The links read / from within either. */
	if (root->live)
		return fstatat(root->fd, own, &own_status, 0) == 0 &&
		       fstatat(root->fd, first, &first_status, 0) == 0 &&
		       (own_status.st_dev != first_status.st_dev ||
			own_status.st_ino != first_status.st_ino);
	return root_read_link(root, own, own_link, sizeof(own_link)) == 0 &&
	       root_read_link(root, first, first_link, sizeof(first_link)) == 0 &&
	       !streq(own_link, first_link);
}
