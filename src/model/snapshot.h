/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the machine looked like at one moment: IOMMU groups, PCI functions, host settings. */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/bdf.h"
#include "model/method.h"
#include "model/tri.h"

#define NO_GROUP (-1)

/* Why a function counts as in use. The order is of no meaning. */
enum use_kind {
	USE_MOUNT,
	USE_SWAP,
	USE_HELD,    /* another block device (dm, md, bcache, loop) sits on it */
	USE_NETWORK, /* interface administratively up */
	USE_VFIO,
	USE_BOOT_VGA,
	USE_CONSOLE,
	USE_VFS,     /* PF with VFs enabled */
	USE_CXL_MEM, /* CXL memory region or dax device below */
	USE_UNKNOWN, /* could not be determined, which counts as in use */
};

/* One use. @what names the thing ("/dev/nvme0n1p2 on /srv"), safe to print only after escaping. */
struct use {
	enum use_kind kind;
	char what[192];
};

/* A PCI function. Names are NULL when the id database has none. */
struct function {
	char bdf[BDF_MAX];
	uint16_t vendor, device;
	uint32_t class_code; /* 24 bits: base, sub, interface */
	char *vendor_name, *device_name, *class_name;
	char driver[64];                     /* "" when unbound */
	int group;                           /* IOMMU group number or NO_GROUP */
	char upstream[BDF_MAX];              /* bridge above; "" on a root bus */
	char physfn[BDF_MAX];                /* the PF of a VF, else "" */
	bool is_bridge;                      /* PCI header type 1 or 2, or class 06xx */
	enum tri ats, pri, pasid;            /* extended capability present; unknown: unreadable */
	enum tri untrusted;                  /* external-facing: the kernel refuses ATS */
	enum tri cxl_port;                   /* the bridge above has the CXL Port DVSEC */
	enum tri sbr_masked;                 /* ... and its Unmask SBR bit is clear */
	bool has_reset;                      /* BDF/reset exists */
	enum tri methods_known;              /* reset_method could be read */
	struct method_list methods;
	struct use *uses;
	size_t use_count;
};

/* An IOMMU group. @type is the kernel's spelling: DMA, DMA-FQ, identity, ...; "" when unreadable. */
struct group {
	int id;
	char type[32];
};

/* Host settings that decide whether a test may run at all. */
struct host {
	char nodename[65], release[65], version[128], machine[65];
	enum tri iommu;          /* any entry in /sys/class/iommu, or any group */
	enum tri ats_disabled;   /* pci=noats on the kernel command line */
	enum tri panic_on_warn;  /* /proc/sys/kernel/panic_on_warn not 0 */
	enum tri warn_limit;     /* /proc/sys/kernel/warn_limit not 0 */
	enum tri panic_on_oops;
	char iommu_names[128];   /* "dmar0 dmar1"; "" when none */
};

/*
 * Functions are sorted by BDF, groups by number. Owns everything below; freed by snapshot_free().
 * @notes are sentences about what could not be read.
 */
struct snapshot {
	struct host host;
	struct function *functions;
	size_t function_count;
	struct group *groups;
	size_t group_count;
	char **notes;
	size_t note_count;
};

#define _cleanup_snapshot_ _cleanup_(snapshot_free)

/* Append a zeroed element and return it, NULL when memory is short. */
struct function *snapshot_add_function(struct snapshot *snapshot);
struct group *snapshot_add_group(struct snapshot *snapshot, int id);
struct use *function_add_use(struct function *function, enum use_kind kind, const char *what);

/* Remembers one sentence, once however often it is said. Returns 0 or -ENOMEM. */
int snapshot_note(struct snapshot *snapshot, const char *format, ...) _printf_(2, 3) _must_check_;

/* Sorts functions and groups; call once, when all are added. */
void snapshot_sort(struct snapshot *snapshot);

/* Lookups; NULL when absent. Pure. */
const struct function *snapshot_find(const struct snapshot *snapshot, const char *bdf);
const struct group *snapshot_group(const struct snapshot *snapshot, int id);

/*
 * What serialises resets of this function: the bridge above (for a VF: above its PF), or the
 * function itself on a root bus. Two functions with different keys can reset at the same time.
 */
const char *function_lock_key(const struct snapshot *snapshot, const struct function *function);

/*
 * Whether pci_dev_reset_iommu_prepare() does anything for this function: it has an IOMMU group and
 * the kernel supports ATS on it (capability, trusted, not disabled; a VF also needs its PF's).
 */
enum tri function_gate_open(const struct snapshot *snapshot, const struct function *function);

/* "mount", "swap", ... for machines. Pure. */
const char *use_kind_name(enum use_kind kind);

void snapshot_free(struct snapshot *snapshot);

#endif
