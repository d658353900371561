// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/interface.h"

#include <errno.h>

#include "model/bdf.h"
#include "snapshot/node.h"

#define NET "sys/class/net"
#define PATH_TEXT_MAX 300
#define INTERFACE_UP 0x1 /* IFF_UP of <net/if.h> */
#define PACKET_TABLE_MAX_BYTES (64U << 20)

static bool hangs_off(const struct root *root, const char *name, const char *function)
{
	char path[PATH_TEXT_MAX], link[NODE_TEXT_MAX];

	snprintf(path, sizeof(path), NET "/%s", name);
	return root_read_link(root, path, link, sizeof(link)) == 0 &&
	       bdf_is_in_path(link, function);
}

/* Whoever has it in a bond or bridge may do without an address. */
static int check_idle(const struct root *root, const char *name)
{
	char path[PATH_TEXT_MAX];
	_cleanup_dir_ DIR *dir = NULL;
	const struct dirent *entry;
	uint64_t flags;
	int r;

	snprintf(path, sizeof(path), NET "/%s/flags", name);
	r = root_read_u64(root, path, &flags);
	if (r < 0)
		return r;
	if (flags & INTERFACE_UP)
		return -EBUSY;
	snprintf(path, sizeof(path), NET "/%s", name);
	dir = root_open_dir(root, path);
	if (!dir)
		return -errno;
	while ((entry = readdir(dir)))
		if (starts_with(entry->d_name, "upper_"))
			return -EBUSY;
	return 0;
}

static int take(const struct root *root, const char *name, int *index,
		char found[INTERFACE_NAME_MAX])
{
	char path[PATH_TEXT_MAX];
	uint64_t number;
	int r;

	snprintf(path, sizeof(path), NET "/%s/ifindex", name);
	r = root_read_u64(root, path, &number);
	if (r < 0)
		return r;
	*index = (int)number;
	snprintf(found, INTERFACE_NAME_MAX, "%s", name);
	return 0;
}

int interface_find_idle(const struct root *root, const char *function, int *index,
			char name[INTERFACE_NAME_MAX])
{
	_cleanup_names_ struct names names = {0};
	bool found = false;
	int r = names_read(root, NET, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		if (strlen(names.list[i]) >= INTERFACE_NAME_MAX ||
		    !hangs_off(root, names.list[i], function))
			continue;
		r = check_idle(root, names.list[i]);
		if (r == 0 && !found)
			r = take(root, names.list[i], index, name);
		found = true;
	}
	return r == 0 && !found ? -ENODEV : r;
}

/* Columns: socket, users, type, protocol, interface (packet_seq_show()). */
static bool receives(const char *line, int index)
{
	unsigned int protocol;
	int of;

	return sscanf(line, "%*s %*s %*s %x %d", &protocol, &of) == 2 && of == index && protocol;
}

static bool is_listened(const char *table, int index)
{
	for (const char *line = table; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (receives(line, index))
			return true;
	}
	return false;
}

int interface_listened(const struct root *root, const char *function)
{
	_cleanup_free_ char *table = NULL;
	_cleanup_names_ struct names names = {0};
	char found[INTERFACE_NAME_MAX];
	bool listened = false;
	int index, r = root_read(root, "proc/net/packet", PACKET_TABLE_MAX_BYTES, &table, NULL);

	/* A kernel without such sockets. */
	if (r == -ENOENT)
		return 0;
	if (r == 0)
		r = names_read(root, NET, &names);
	for (size_t i = 0; r == 0 && i < names.count && !listened; i++) {
		if (strlen(names.list[i]) >= INTERFACE_NAME_MAX ||
		    !hangs_off(root, names.list[i], function))
			continue;
		r = take(root, names.list[i], &index, found);
		listened = r == 0 && is_listened(table, index);
	}
	return r < 0 ? r : listened;
}
