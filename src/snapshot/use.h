/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in use below each function, so that nothing in use is ever reset. */
#ifndef SNAPSHOT_USE_H
#define SNAPSHOT_USE_H

#include "base/root.h"
#include "model/snapshot.h"
#include "snapshot/opens.h"

enum use_scope {
	USE_SCOPE_QUICK,   /* all but mappings, which take long to read where many processes run */
	USE_SCOPE_FULL,	   /* all */
	USE_SCOPE_UNBOUND, /* only what can be of functions that no driver is bound to */
};

/*
 * Adds the uses of every function of a sorted snapshot. What cannot be determined becomes
 * USE_UNKNOWN where it matters. Returns 0 or -ENOMEM. Reads root.
 */
int use_read(const struct root *root, enum use_scope scope, struct openless *openless,
	     struct snapshot *snapshot) _must_check_;

/* Block devices: mounts, swap, the devices built on them, and who has them open. */
int use_read_block(const struct root *root, struct snapshot *snapshot,
		   const struct opens *opens) _must_check_;
/* Other device files, and the files of functions that give access to them, open or mapped. */
int use_read_open(const struct root *root, struct snapshot *snapshot,
		  const struct opens *opens) _must_check_;
/* VFIO users of functions bound to a vfio driver. */
int use_read_vfio(const struct root *root, struct snapshot *snapshot,
		  const struct opens *opens) _must_check_;
/* Network interfaces that are up, part of another one, addressed, routed to, or out of sight. */
int use_read_network(const struct root *root, struct snapshot *snapshot) _must_check_;
/* Serial and virtio consoles the kernel logs to. */
int use_read_console(const struct root *root, struct snapshot *snapshot) _must_check_;
/* Framebuffers that the console is on. */
int use_read_display(const struct root *root, struct snapshot *snapshot) _must_check_;
/* RDMA devices, DMA channels and watchdogs. */
int use_read_service(const struct root *root, struct snapshot *snapshot) _must_check_;
/* Accelerators whose algorithms the kernel uses. */
int use_read_crypto(const struct root *root, struct snapshot *snapshot) _must_check_;
/* What targets of the kernel pass through, and USB devices lent to others. After use_read_block(). */
int use_read_targets(const struct root *root, struct snapshot *snapshot) _must_check_;
/* Adapters that targets are served by, or NVMe controllers reached. After use_read_block(). */
int use_read_fabrics(const struct root *root, struct snapshot *snapshot) _must_check_;
/* Memory of the machine that is on virtio devices. */
int use_read_memory(const struct root *root, struct snapshot *snapshot) _must_check_;
/* CXL memory. */
int use_read_cxl(const struct root *root, struct snapshot *snapshot) _must_check_;

/* The function @bdf of the snapshot, to be changed; NULL when absent. */
struct function *use_function(struct snapshot *snapshot, const char *bdf);

/*
 * Takes in what reading the function's sriov_numvfs gave: @r is 0 with the @count, or -errno.
 * Returns 0 or -ENOMEM.
 */
int use_take_vfs(struct function *function, int r, uint64_t count) _must_check_;

/*
 * Adds the use to every function that the sysfs path @path runs through. Bridges are left out,
 * since nothing ever resets them. Returns how many functions there were, or -ENOMEM.
 */
int use_mark_path(struct snapshot *snapshot, const char *path, enum use_kind kind,
		  const char *what) _must_check_;

/* The same, for what the machine cannot live without when @vital. */
int use_mark_path_vital(struct snapshot *snapshot, const char *path, enum use_kind kind, bool vital,
			const char *what) _must_check_;

/*
 * Marks every function that a driver is bound to, bridges left out, as in use for an unknown
 * purpose. Without a driver no device hangs off a function. Returns 0 or -ENOMEM.
 */
int use_mark_bound(struct snapshot *snapshot, const char *what) _must_check_;

/* Marks all but bridges: registers can be mapped without a driver. Returns 0 or -ENOMEM. */
int use_mark_all(struct snapshot *snapshot, const char *what) _must_check_;

#endif
