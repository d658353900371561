// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/worker_where.h"

#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"

/* The functions of /proc/PID/stack, innermost first: "pci_dev_wait < pcie_flr < ...". */
static void read_stack(const struct root *root, int pid, struct strbuf *frames)
{
	_cleanup_free_ char *text = NULL;
	char path[64];
	char *line, *rest;

	snprintf(path, sizeof(path), "proc/%d/stack", pid);
	if (root_read(root, path, 1U << 16, &text, NULL) < 0)
		return;
	rest = text;
	while ((line = strsep(&rest, "\n")) != NULL) {
		const char *symbol = strchr(line, ' ');

		if (symbol)
			strbuf_printf(frames, "%s%.*s", frames->length_bytes ? " < " : "",
				      (int)strcspn(symbol + 1, "+"), symbol + 1);
	}
}

/* The letter of ps(1), '?' when it cannot be read. */
static int read_state(const struct root *root, int pid)
{
	char path[64], line[512];
	const char *after_comm;

	snprintf(path, sizeof(path), "proc/%d/stat", pid);
	if (root_read_line(root, path, line, sizeof(line)) < 0)
		return '?';
	after_comm = strrchr(line, ')');
	return after_comm && after_comm[1] == ' ' ? after_comm[2] : '?';
}

void worker_where(const struct root *root, int pid, char *text, size_t size_bytes)
{
	_cleanup_strbuf_ struct strbuf frames = {0};
	char path[64], wchan[64] = "";

	snprintf(path, sizeof(path), "proc/%d/wchan", pid);
	if (root_read_line(root, path, wchan, sizeof(wchan)) < 0 || !wchan[0])
		strcpy(wchan, "?");
	read_stack(root, pid, &frames);
	snprintf(text, size_bytes, "process %d, state %c, wchan %s, stack %s", pid,
		 read_state(root, pid), wchan, frames.text ? frames.text : "?");
}
