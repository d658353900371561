// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/blocks.h"
#include "snapshot/mounts.h"
#include "snapshot/node.h"

#define HOLDER_DEPTH_MAX 16
#define WHAT_MAX 400
#define CLASS_NVME 0x0108
#define BLOCK_LAYOUT "sys/module/blocklayoutdriver"

struct marking {
	const struct root *root;
	struct snapshot *snapshot;
	const struct blocks *blocks;
	const struct block *disk; /* the device whose functions are being marked */
};

/* Disks of other machines: iSCSI, NVMe over fabrics, FCoE, NBD, RBD, DRBD, ATA over Ethernet. */
static bool is_remote(const char *path)
{
	static const char *const parts[] = {"/session",	     "/nvme-fabrics/", "/net/",
					    "/block/nbd",    "/block/rbd",     "/block/drbd",
					    "/block/etherd!"};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (strstr(path, parts[i]))
			return true;
	return false;
}

static int mark_vital(const struct marking *in, enum use_kind kind, bool vital, const char *what)
{
	for (size_t i = 0; i < in->disk->path_count; i++) {
		int r = use_mark_path_vital(in->snapshot, in->disk->paths[i], kind, vital, what);

		in->snapshot->network_is_vital |= vital && is_remote(in->disk->paths[i]);
		if (r < 0)
			return r;
	}
	return 0;
}

static int mark(const struct marking *in, enum use_kind kind, const char *what)
{
	return mark_vital(in, kind, false, what);
}

static int mark_mount(const struct marking *in, const struct block *via)
{
	char what[WHAT_MAX], more[40] = "";

	if (!via->mounted_on)
		return 0;
	if (via->mount_count > 1)
		snprintf(more, sizeof(more), " and %zu more", via->mount_count - 1);
	snprintf(what, sizeof(what), "%s mounted on %.120s%s", via->label,
		 via->is_root ? "/" : via->mounted_on, more);
	return mark_vital(in, USE_MOUNT, via->is_root, what);
}

/* @via is the device itself or one that is built on it. */
static int mark_own_uses(const struct marking *in, const struct block *via)
{
	char what[WHAT_MAX];
	int r = mark_mount(in, via);

	if (r == 0 && via->is_swap) {
		snprintf(what, sizeof(what), "%s is swap", via->label);
		r = mark_vital(in, USE_SWAP, true, what);
	}
	if (r == 0 && via->has_bcache) {
		snprintf(what, sizeof(what), "%s belongs to bcache", via->label);
		r = mark(in, USE_HELD, what);
	}
	if (r == 0 && via->exported_as) {
		snprintf(what, sizeof(what), "%s is exported as %s", via->label, via->exported_as);
		r = mark(in, USE_HELD, what);
	}
	if (r == 0 && via->opened) {
		opened_describe(via->opened, what, sizeof(what));
		r = mark(in, USE_OPEN, what);
	}
	return r;
}

static int mark_uses(const struct marking *in, struct block *via, int depth);

static int mark_holder(const struct marking *in, const struct block *via, const char *name,
		       int depth)
{
	struct block *holder = blocks_find(in->blocks, name);
	char what[WHAT_MAX];
	int r;

	snprintf(what, sizeof(what), "%s held by %s", via->label, holder ? holder->label : name);
	r = mark(in, USE_HELD, what);
	return r < 0 || !holder ? r : mark_uses(in, holder, depth + 1);
}

static int mark_holders(const struct marking *in, const struct block *via, int depth)
{
	_cleanup_names_ struct names holders = {0};
	char path[128], what[WHAT_MAX];
	int r;

	snprintf(path, sizeof(path), "sys/class/block/%s/holders", via->name);
	r = names_read(in->root, path, &holders);
	if (r == -ENOMEM)
		return r;
	if (r < 0 && r != -ENOENT) {
		snprintf(what, sizeof(what), "cannot tell what holds %s", via->label);
		return mark(in, USE_UNKNOWN, what);
	}
	r = 0;
	for (size_t i = 0; r == 0 && i < holders.count; i++)
		r = mark_holder(in, via, holders.list[i], depth);
	return r;
}

static int mark_uses(const struct marking *in, struct block *via, int depth)
{
	int r;

	if (via->visited == in->disk)
		return 0;
	via->visited = in->disk;
	r = mark_own_uses(in, via);
	if (r < 0 || depth >= HOLDER_DEPTH_MAX)
		return r;
	if (via->loop[0])
		r = mark_holder(in, via, via->loop, depth);
	return r < 0 ? r : mark_holders(in, via, depth);
}

/* Marks the functions above every block device. */
static int mark_all_disks(const struct marking *in, bool vital, const char *what)
{
	struct marking each = *in;
	int r = 0;

	for (size_t i = 0; r == 0 && i < in->blocks->count; i++) {
		each.disk = &in->blocks->list[i];
		r = mark_vital(&each, USE_UNKNOWN, vital, what);
	}
	return r;
}

static int mark_lost_multipath(struct snapshot *snapshot, const struct block *block)
{
	char what[WHAT_MAX];

	snprintf(what, sizeof(what), "cannot tell which controllers lead to %s", block->label);
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (function->class_code >> 8 == CLASS_NVME && function->driver[0] &&
		    !function_add_use(function, USE_UNKNOWN, what))
			return -ENOMEM;
	}
	return 0;
}

/*
 * The devices of such are known to their module alone: ZFS, and those of Oracle's ASM. The root
 * file system, if it is one; else any; NULL when there is none.
 */
static const struct mount *find_opaque(const struct mounts *mounts)
{
	static const char *const types[] = {"zfs", "oracleasmfs", "acfs"};
	const struct mount *found = NULL;

	for (size_t i = 0; i < mounts->count * ARRAY_SIZE(types); i++) {
		const struct mount *mount = &mounts->list[i / ARRAY_SIZE(types)];

		if (streq(mount->type, types[i % ARRAY_SIZE(types)]) &&
		    (!found || streq(mount->target, "/")))
			found = mount;
	}
	return found;
}

static int mark_opaque(const struct marking *in, const struct mounts *mounts)
{
	const struct mount *mount = find_opaque(mounts);
	char what[WHAT_MAX];

	if (!mount)
		return 0;
	snprintf(what, sizeof(what), "%.100s (%.20s) is mounted, which it may belong to",
		 mount->target, mount->type);
	return mark_all_disks(in, streq(mount->target, "/"), what);
}

/*
 * The NFS client reads and writes disks that it shares with a server (pNFS), which it opens without
 * a claim. Each mount that may do so holds the module.
 */
static int mark_shared_with_nfs(const struct marking *in)
{
	uint64_t users;
	int r = root_read_u64(in->root, BLOCK_LAYOUT "/refcnt", &users);

	if ((r == 0 && !users) || (r < 0 && root_is_absent(in->root, BLOCK_LAYOUT)))
		return 0;
	return mark_all_disks(in, false,
			      "cannot tell which disks NFS reaches by itself (blocklayoutdriver)");
}

static bool has_network_root(const struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++)
		if (streq(mounts->list[i].target, "/") && mount_is_remote(&mounts->list[i]))
			return true;
	return false;
}

/* The file systems that hosts lend to guests; which device it is, nobody says. */
static int mark_guest_mounts(struct snapshot *snapshot, const struct mounts *mounts)
{
	static const struct {
		const char *type, *driver;
	} kinds[] = {{"virtiofs", "virtiofs"}, {"9p", "9pnet_virtio"}, {"vboxsf", "vboxguest"}};
	char what[WHAT_MAX];

	for (size_t i = 0; i < mounts->count * ARRAY_SIZE(kinds); i++) {
		const struct mount *mount = &mounts->list[i / ARRAY_SIZE(kinds)];
		size_t kind = i % ARRAY_SIZE(kinds);

		if (!streq(mount->type, kinds[kind].type))
			continue;
		snprintf(what, sizeof(what), "%.60s (%s) mounted on %.100s", mount->source,
			 mount->type, mount->target);
		for (size_t k = 0; k < snapshot->function_count; k++) {
			struct function *function = &snapshot->functions[k];
			struct use *use;

			if (!streq(function->virtio_driver, kinds[kind].driver) &&
			    !streq(function->driver, kinds[kind].driver))
				continue;
			use = function_add_use(function, USE_MOUNT, what);
			if (!use)
				return -ENOMEM;
			use->vital = streq(mount->target, "/");
		}
	}
	return 0;
}

static int mark_lost(const struct marking *in, const char *lost)
{
	char what[WHAT_MAX];

	snprintf(what, sizeof(what),
		 "cannot tell which device %.120s is, and it is mounted, swap or exported", lost);
	return mark_all_disks(in, false, what);
}

static int mark_disks(const struct root *root, struct snapshot *snapshot, struct blocks *blocks,
		      const struct opens *opens)
{
	_cleanup_mounts_ struct mounts mounts = {0};
	struct marking marking = {.root = root, .snapshot = snapshot, .blocks = blocks};
	const char *file;
	char what[WHAT_MAX];
	int r = mounts_read(root, &mounts, &file);

	if (r == -ENOMEM)
		return r;
	if (r < 0) {
		snprintf(what, sizeof(what), "cannot tell what is mounted or swap: %s: %s", file,
			 strerror(-r));
		return mark_all_disks(&marking, false, what);
	}
	/* Where root cannot see them either, a disk may be mounted there. */
	if (mounts.incomplete && root->live && geteuid() == 0)
		r = mark_all_disks(&marking, false,
				   "cannot tell what is mounted in other namespaces");
	else if (mounts.incomplete)
		r = snapshot_note(snapshot, "mounts in the namespaces of other processes could not "
					    "be read (only root may)");
	snapshot->network_is_vital |= has_network_root(&mounts);
	if (r == 0)
		r = mark_opaque(&marking, &mounts);
	if (r == 0)
		r = mark_shared_with_nfs(&marking);
	if (r == 0)
		r = blocks_apply_mounts(root, blocks, &mounts);
	snapshot->network_is_vital |= blocks->root_is_remote;
	blocks_apply_opens(blocks, opens);
	if (r == 0 && blocks->lost[0])
		r = mark_lost(&marking, blocks->lost);
	if (r == 0)
		r = mark_guest_mounts(snapshot, &mounts);
	for (size_t i = 0; r == 0 && i < blocks->count; i++) {
		struct block *disk = &blocks->list[i];

		marking.disk = disk;
		r = disk->lost_paths ? mark_lost_multipath(snapshot, disk) : 0;
		if (r == 0)
			r = mark_uses(&marking, disk, 0);
	}
	return r;
}

static void note_disk(struct snapshot *snapshot, const struct block *disk)
{
	char bdf[BDF_MAX];

	for (size_t i = 0; i < disk->path_count; i++)
		for (const char *at = disk->paths[i]; (at = bdf_next_in_path(at, bdf));) {
			struct function *function = use_function(snapshot, bdf);

			if (function)
				function->has_disk = true;
		}
}

int use_read_block(const struct root *root, struct snapshot *snapshot, const struct opens *opens)
{
	_cleanup_blocks_ struct blocks blocks = {0};
	int r = blocks_read(root, &blocks);

	if (r == -ENOMEM)
		return r;
	if (r < 0)
		return use_mark_bound(snapshot,
				      "block devices could not be read (sys/class/block)");
	for (size_t i = 0; i < blocks.count; i++)
		note_disk(snapshot, &blocks.list[i]);
	return mark_disks(root, snapshot, &blocks, opens);
}
