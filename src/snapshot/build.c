// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/build.h"

#include <errno.h>

#include "snapshot/functions.h"
#include "snapshot/groups.h"
#include "snapshot/host.h"
#include "snapshot/jobs.h"
#include "snapshot/probe.h"
#include "snapshot/use.h"
#include "snapshot/virtio.h"

#define PATH_TEXT_MAX 96

struct port {
	enum tri cxl, sbr_masked;
};

static struct port port_above(const struct snapshot *snapshot, const struct function *function,
			      const struct port *own)
{
	const struct function *bridge;

	if (!function->upstream[0])
		return (struct port){TRI_NO, TRI_NO};
	bridge = snapshot_find(snapshot, function->upstream);
	if (!bridge)
		return (struct port){TRI_UNKNOWN, TRI_UNKNOWN};
	return own[bridge - snapshot->functions];
}

/* What the capabilities said of each function itself becomes what they say of the bridge above. */
static int resolve_ports(struct snapshot *snapshot)
{
	_cleanup_free_ struct port *own = calloc(snapshot->function_count + 1, sizeof(*own));

	if (!own)
		return -ENOMEM;
	for (size_t i = 0; i < snapshot->function_count; i++)
		own[i] = (struct port){snapshot->functions[i].cxl_port,
				       snapshot->functions[i].sbr_masked};
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];
		struct port above = port_above(snapshot, function, own);

		function->cxl_port = above.cxl;
		function->sbr_masked = above.sbr_masked;
	}
	return 0;
}

/*
 * The driver of such a function is a host bridge for others. Resetting or unbinding it takes them
 * away, and what hangs off them.
 */
static void mark_hosts(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct function *below = &snapshot->functions[i];
		struct function *function = use_function(snapshot, below->above);

		if (function && !function->is_bridge)
			strcpy(function->below, below->bdf);
	}
}

/* Groups are as many as functions, and need nothing of them. */
struct reading {
	const struct root *root;
	unsigned int parts;
	struct snapshot *snapshot, groups;
};

static int read_groups(void *arg)
{
	struct reading *in = arg;

	return groups_read(in->root, &in->groups);
}

static int read_functions(void *arg)
{
	const struct reading *in = arg;

	return functions_read(in->root, in->parts, in->snapshot);
}

static int take_groups(struct snapshot *snapshot, struct snapshot *from)
{
	int r = 0;

	snapshot->groups = TAKE_PTR(from->groups);
	snapshot->group_count = from->group_count;
	from->group_count = 0;
	for (size_t i = 0; r == 0 && i < from->note_count; i++)
		r = snapshot_note(snapshot, "%s", from->notes[i]);
	return r < 0 ? r : groups_complete(snapshot);
}

static int read_functions_and_groups(const struct root *root, unsigned int parts,
				     struct snapshot *snapshot)
{
	struct reading in = {.root = root, .parts = parts, .snapshot = snapshot};
	struct job jobs[] = {{.run = read_groups, .arg = &in}, {.run = read_functions, .arg = &in}};
	int r = jobs_run(jobs, ARRAY_SIZE(jobs));

	if (r == 0)
		r = take_groups(snapshot, &in.groups);
	snapshot_free(&in.groups);
	return r;
}

static int read_parts(const struct root *root, unsigned int parts, enum use_scope scope,
		      struct snapshot *snapshot)
{
	int r = read_functions_and_groups(root, parts, snapshot);

	if (r == 0)
		r = resolve_ports(snapshot);
	if (r == 0)
		mark_hosts(snapshot);
	if (r == 0)
		r = host_read(root, snapshot);
	if (r < 0 || !(parts & SNAPSHOT_USES))
		return r;
	r = virtio_read(root, snapshot);
	return r < 0 ? r : use_read(root, scope, NULL, snapshot);
}

int snapshot_read(const struct root *root, struct snapshot *snapshot)
{
	return read_parts(root, SNAPSHOT_ALL, USE_SCOPE_QUICK, snapshot);
}

int snapshot_read_parts(const struct root *root, unsigned int parts, struct snapshot *snapshot)
{
	return read_parts(root, parts, USE_SCOPE_QUICK, snapshot);
}

int snapshot_read_for_reset(const struct root *root, struct snapshot *snapshot)
{
	int r = read_parts(root, SNAPSHOT_ALL, USE_SCOPE_FULL, snapshot);

	return r < 0 ? r : probe_disks(root, snapshot, NULL);
}
