// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>
#include <inttypes.h>

#include "snapshot/blocks.h"
#include "snapshot/node.h"

#define WHAT_MAX 192
#define OWNER_MAX 64
#define UNIX98_PTY_SLAVE_MAJOR 136 /* <linux/major.h> */
#define UNIX98_PTY_MAJOR_COUNT 8
#define RESOURCE_MEMORY 0x200 /* IORESOURCE_MEM of <linux/ioport.h> */
#define VFIO_GROUP_COMPONENT "/virtual/vfio/"
#define VFIO_DEVICE_COMPONENT "/vfio-dev/"

static int mark_path(struct snapshot *snapshot, const char *path, const char *what)
{
	enum use_kind kind = strstr(path, VFIO_DEVICE_COMPONENT) ? USE_VFIO : USE_OPEN;
	int r = use_mark_path(snapshot, path, kind, what);

	return r < 0 ? r : 0;
}

/* /dev/vfio/GROUP under another name. */
static int mark_vfio_group(struct snapshot *snapshot, const char *number, const char *what)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!node_is_number(number) || function->group == NO_GROUP ||
		    !function->driver[0] || strtol(number, NULL, 10) != function->group)
			continue;
		if (!function_add_use(function, USE_VFIO, what))
			return -ENOMEM;
	}
	return 0;
}

/* NVMe namespaces with several paths hang off their subsystem. */
static int mark_controllers(const struct root *root, struct snapshot *snapshot, const char *path,
			    const char *what)
{
	_cleanup_names_ struct names paths = {0};
	int r = nvme_controller_paths(root, path, &paths);

	for (size_t i = 0; r == 0 && i < paths.count; i++)
		r = mark_path(snapshot, paths.list[i], what);
	return r;
}

/* Terminals of users are the one kind that sysfs does not know (TTY_DRIVER_DYNAMIC_DEV). */
static bool is_pseudo_terminal(const struct opened *opened)
{
	return opened->major >= UNIX98_PTY_SLAVE_MAJOR &&
	       opened->major < UNIX98_PTY_SLAVE_MAJOR + UNIX98_PTY_MAJOR_COUNT;
}

/* The name a driver gave when it took the device number (proc/devices); "" when not found. */
static void find_owner(const struct root *root, unsigned int major, char name[OWNER_MAX])
{
	_cleanup_free_ char *text = NULL;
	char *next, *line;
	unsigned int number;

	name[0] = '\0';
	if (root_read(root, "proc/devices", 1U << 16, &text, NULL) < 0)
		return;
	next = text;
	while ((line = strsep(&next, "\n")) && !starts_with(line, "Block"))
		if (sscanf(line, "%u %63s", &number, name) == 2 && number == major)
			return;
	name[0] = '\0';
}

/*
 * Drivers that do not register their device files: which function is behind one, nobody says. When
 * drivers have the name that the number was taken with (nvidia: "nvidia-uvm"), it is one of theirs.
 */
static int mark_unregistered(const struct root *root, struct snapshot *snapshot,
			     const struct opened *opened, const char *what)
{
	char text[WHAT_MAX], owner[OWNER_MAX];
	bool found = false;

	if (is_pseudo_terminal(opened))
		return 0;
	snprintf(text, sizeof(text), "cannot tell which device is meant: %.150s", what);
	find_owner(root, opened->major, owner);
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!function->driver[0] || function->is_bridge ||
		    !starts_with(owner, function->driver))
			continue;
		found = true;
		if (!function_add_use(function, USE_UNKNOWN, text))
			return -ENOMEM;
	}
	return found ? 0 : use_mark_bound(snapshot, text);
}

/* Device files of drivers that do not say which device is theirs: any that the driver has may be.
 */
static int mark_of_driver(struct snapshot *snapshot, const char *path, const char *what)
{
	static const struct {
		const char *path, *driver;
	} files[] = {
		{"/virtual/kfd/kfd", "amdgpu"},
		{"/virtual/misc/sev", "ccp"},
		{"/virtual/ipmi/ipmi", "ipmi_si"},
	};

	for (size_t i = 0; i < snapshot->function_count * ARRAY_SIZE(files); i++) {
		struct function *function = &snapshot->functions[i / ARRAY_SIZE(files)];
		size_t file = i % ARRAY_SIZE(files);

		if (strstr(path, files[file].path) && streq(function->driver, files[file].driver) &&
		    !function_add_use(function, USE_OPEN, what))
			return -ENOMEM;
	}
	return 0;
}

static int mark_character(const struct root *root, struct snapshot *snapshot,
			  const struct opened *opened, const char *what)
{
	char link[64], path[NODE_TEXT_MAX];
	const char *group;
	int r;

	snprintf(link, sizeof(link), "sys/dev/char/%u:%u", opened->major, opened->minor);
	r = root_read_link(root, link, path, sizeof(path));
	if (r < 0)
		return mark_unregistered(root, snapshot, opened, what);
	group = strstr(path, VFIO_GROUP_COMPONENT);
	if (group)
		return mark_vfio_group(snapshot, group + strlen(VFIO_GROUP_COMPONENT), what);
	if (strstr(path, NVME_SUBSYSTEM_COMPONENT))
		return mark_controllers(root, snapshot, path, what);
	r = mark_path(snapshot, path, what);
	return r < 0 ? r : mark_of_driver(snapshot, path, what);
}

static int mark_incomplete(const struct root *root, struct snapshot *snapshot, const char *process)
{
	char what[WHAT_MAX];

	if (root->live && geteuid() != 0)
		return snapshot_note(snapshot, "files open in other processes could not be read "
					       "(only root may)");
	snprintf(what, sizeof(what), "cannot tell which device files process %s has open", process);
	return use_mark_all(snapshot, what);
}

/*
 * Whether a line of the function's "resource" (first address, last, flags) is memory that the
 * mapped range meets.
 */
static bool meets(const char *line, const struct opened *opened)
{
	uint64_t first, last, flags;

	return sscanf(line, "%" SCNx64 " %" SCNx64 " %" SCNx64, &first, &last, &flags) == 3 &&
	       flags & RESOURCE_MEMORY && first < opened->end && last >= opened->start;
}

static int mark_memory_of(const struct root *root, struct function *function,
			  const struct opened *opened, const char *what)
{
	_cleanup_free_ char *text = NULL;
	char path[64], *next, *line;
	int r;

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/resource", function->bdf);
	r = root_read(root, path, 1U << 16, &text, NULL);
	if (r < 0)
		return r == -ENOMEM || function_add_use(function, USE_UNKNOWN, what) ? r : -ENOMEM;
	next = text;
	while ((line = strsep(&next, "\n")))
		if (meets(line, opened))
			return function_add_use(function, USE_OPEN, what) ? 0 : -ENOMEM;
	return 0;
}

/* /dev/mem is used for much else; only here are the addresses of registers needed. */
static int mark_memory(const struct root *root, struct snapshot *snapshot,
		       const struct opened *opened, const char *what)
{
	int r = 0;

	for (size_t i = 0; i < snapshot->function_count && r != -ENOMEM; i++)
		if (!snapshot->functions[i].is_bridge)
			r = mark_memory_of(root, &snapshot->functions[i], opened, what);
	return r == -ENOMEM ? r : 0;
}

int use_read_open(const struct root *root, struct snapshot *snapshot, const struct opens *opens)
{
	int r = 0;

	for (size_t i = 0; i < opens->count && r == 0; i++) {
		const struct opened *opened = &opens->list[i];
		char what[WHAT_MAX];

		opened_describe(opened, what, sizeof(what));
		if (opened->kind == OPEN_CHAR)
			r = mark_character(root, snapshot, opened, what);
		else if (opened->kind == OPEN_PATH)
			r = mark_path(snapshot, opened->path, what);
		else if (opened->kind == OPEN_MEMORY)
			r = mark_memory(root, snapshot, opened, what);
		else if (opened->kind == OPEN_VFIO_DEVICE)
			r = use_mark_path(snapshot, opened->path, USE_VFIO, what);
		if (r > 0)
			r = 0;
	}
	if (r == 0 && opens->missed[0])
		r = mark_incomplete(root, snapshot, opens->missed);
	return r;
}
