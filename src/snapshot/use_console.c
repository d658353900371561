// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/node.h"

#define TTY "sys/class/tty"
#define PORTS "sys/class/virtio-ports"
#define VTCONSOLES "sys/class/vtconsole"
#define GRAPHICS "sys/class/graphics"

#define PATH_TEXT_MAX 512
#define CLASS_SERIAL 0x0700

/* hvc terminals have no link to their device: every virtio console may be the one. */
static int mark_virtio_consoles(const struct root *root, struct snapshot *snapshot,
				const char *terminal)
{
	_cleanup_names_ struct names ports = {0};
	int r = names_read(root, PORTS, &ports);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; r >= 0 && i < ports.count; i++) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[PATH_TEXT_MAX];

		snprintf(link, sizeof(link), PORTS "/%s", ports.list[i]);
		if (root_read_link(root, link, path, sizeof(path)) < 0)
			continue;
		snprintf(what, sizeof(what), "the console %s may be on it", terminal);
		r = use_mark_path(snapshot, path, USE_CONSOLE, what);
	}
	return r < 0 ? r : 0;
}

static int read_terminal(const struct root *root, struct snapshot *snapshot, const char *terminal)
{
	char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[PATH_TEXT_MAX];
	int r;

	if (starts_with(terminal, "hvc"))
		return mark_virtio_consoles(root, snapshot, terminal);
	snprintf(link, sizeof(link), TTY "/%s", terminal);
	if (root_read_link(root, link, path, sizeof(path)) < 0)
		return 0;
	snprintf(what, sizeof(what), "the console %s is on it", terminal);
	r = use_mark_path(snapshot, path, USE_CONSOLE, what);
	return r < 0 ? r : 0;
}

/* Any serial port may be the console when nobody says which it is. */
static int mark_serial(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (function->class_code >> 8 != CLASS_SERIAL || !function->driver[0])
			continue;
		if (!function_add_use(function, USE_UNKNOWN,
				      "cannot tell whether the console is on it (" TTY
				      "/console/active)"))
			return -ENOMEM;
	}
	return 0;
}

int use_read_console(const struct root *root, struct snapshot *snapshot)
{
	char active[PATH_TEXT_MAX], *next = active, *terminal;
	int r = root_read_line(root, TTY "/console/active", active, sizeof(active));

	if (r == -ENOENT)
		return 0;
	if (r < 0)
		return mark_serial(snapshot);
	while (r == 0 && (terminal = strsep(&next, " ")))
		if (*terminal)
			r = read_terminal(root, snapshot, terminal);
	return r;
}

/* The text consoles that have a framebuffer below them; -errno when that cannot be told. */
static int count_framebuffer_consoles(const struct root *root)
{
	_cleanup_names_ struct names consoles = {0};
	int r = names_read(root, VTCONSOLES, &consoles), count = 0;

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	for (size_t i = 0; i < consoles.count; i++) {
		char path[PATH_TEXT_MAX], name[64];
		uint64_t bound;

		snprintf(path, sizeof(path), VTCONSOLES "/%s/name", consoles.list[i]);
		r = root_read_line(root, path, name, sizeof(name));
		if (r == 0 && !strstr(name, "frame buffer"))
			continue;
		snprintf(path, sizeof(path), VTCONSOLES "/%s/bind", consoles.list[i]);
		if (r == 0)
			r = root_read_u64(root, path, &bound);
		if (r < 0)
			return r;
		count += bound != 0;
	}
	return count;
}

int use_read_display(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_names_ struct names framebuffers = {0};
	int consoles = count_framebuffer_consoles(root), r;

	if (consoles == 0 || consoles == -ENOMEM)
		return consoles;
	r = names_read(root, GRAPHICS, &framebuffers);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; r >= 0 && i < framebuffers.count; i++) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[PATH_TEXT_MAX];

		snprintf(link, sizeof(link), GRAPHICS "/%s", framebuffers.list[i]);
		if (root_read_link(root, link, path, sizeof(path)) < 0)
			continue;
		if (consoles > 0)
			snprintf(what, sizeof(what), "the text console is on %s",
				 framebuffers.list[i]);
		else
			snprintf(what, sizeof(what),
				 "cannot tell whether the text console is on %s",
				 framebuffers.list[i]);
		r = use_mark_path(snapshot, path, consoles > 0 ? USE_DISPLAY : USE_UNKNOWN, what);
	}
	return r < 0 ? r : 0;
}
