/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the machine looked like at one moment: IOMMU groups, PCI functions, host settings. */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/bdf.h"
#include "model/method.h"
#include "model/tri.h"

#define NO_GROUP (-1)
#define VF_COUNT_UNKNOWN UINT_MAX

/* Why a function counts as in use. The order is of no meaning. */
enum use_kind {
	USE_MOUNT,
	USE_SWAP,
	USE_HELD,	    /* another block device (dm, md, bcache, loop) sits on it */
	USE_OPEN,	    /* a process has one of its device files open */
	USE_NETWORK,	    /* interface administratively up */
	USE_NETWORK_MEMBER, /* ... below a bond, bridge, team or VLAN */
	USE_NETWORK_ROUTE,  /* ... with an address or a route */
	USE_NETWORK_MOVED,  /* ... in another network namespace */
	USE_VFIO,
	USE_BOOT_VGA,
	USE_DISPLAY, /* the framebuffer console is on it */
	USE_CONSOLE,
	USE_VFS,     /* PF with VFs enabled */
	USE_CXL_MEM, /* CXL memory region or dax device below */
	USE_UNKNOWN, /* could not be determined, which counts as in use */
};
#define USE_KIND_COUNT 15

/* One use. @what names the thing ("/dev/nvme0n1p2 on /srv"), safe to print only after escaping. */
struct use {
	enum use_kind kind;
	bool vital; /* the machine cannot live without: the root file system, swap, memory */
	char what[192];
};

#define INTERFACE_NAME_MAX 16 /* IFNAMSIZ */

/* A PCI function. Names are NULL when the id database has none. */
struct function {
	char bdf[BDF_MAX];
	uint16_t vendor, device;
	uint32_t class_code; /* 24 bits: base, sub, interface */
	char *vendor_name, *device_name, *class_name;
	char driver[64];	  /* "" when unbound */
	char virtio_driver[32];	  /* of the virtio device on it; "" when none */
	int group;		  /* IOMMU group number or NO_GROUP */
	char upstream[BDF_MAX];	  /* bridge above; "" on a root bus */
	char above[BDF_MAX];	  /* the next function above in sysfs, a bridge or not; "" */
	char below[BDF_MAX];	  /* one that hangs off it though it is no bridge (VMD); "" */
	char physfn[BDF_MAX];	  /* the PF of a VF, else "" */
	unsigned int vf_count;	  /* VFs enabled on it, or VF_COUNT_UNKNOWN */
	bool is_bridge;		  /* PCI header type 1 or 2, or class 06xx */
	enum tri ats, pri, pasid; /* extended capability present; unknown: unreadable */
	enum tri pasid_enabled;	  /* ... and in use, by its control register */
	enum tri iommu_pasid;	  /* its IOMMU knows PASIDs; only looked at where it has them */
	enum tri untrusted;	  /* external-facing: the kernel refuses ATS */
	enum tri cxl_port;	  /* the bridge above has the CXL Port DVSEC */
	enum tri sbr_masked;	  /* ... and its Unmask SBR bit is clear */
	bool has_reset;		  /* BDF/reset exists */
	bool has_net;		  /* BDF/net exists: its driver has interfaces */
	bool has_disk;		  /* a block device hangs off it */
	char interface[INTERFACE_NAME_MAX]; /* the first network interface that does; "" */
	enum tri methods_known;		    /* reset_method could be read */
	struct method_list methods;
	struct use *uses;
	size_t use_count;
};

/* An IOMMU group. @type is the kernel's spelling: DMA, DMA-FQ, identity, ...; "" when unreadable.
 */
struct group {
	int id;
	char type[32];
};

/* Taint bits (Documentation/admin-guide/tainted-kernels.rst). */
#define TAINT_DIED (1U << 7)
#define TAINT_WARNED (1U << 9)

/* Host settings that decide whether a test may run at all. */
struct host {
	char nodename[65], release[65], version[128], machine[65];
	enum tri iommu;		 /* any entry in /sys/class/iommu, or any group */
	enum tri ats_disabled;	 /* pci=noats on the kernel command line */
	enum tri panic_on_warn;	 /* /proc/sys/kernel/panic_on_warn not 0 */
	enum tri warn_limit;	 /* /proc/sys/kernel/warn_limit not 0 */
	enum tri panic_on_taint; /* kernel parameter: at the mark of a warning (W) */
	enum tri panic_on_oops;
	enum tri oops_limit;	  /* 1, which panics on an oops as well */
	enum tri hung_task_panic; /* not 0, and the timeout is not off */
	unsigned int hung_task_timeout_s;
	char watchdog[64]; /* the running one with the shortest timeout; "" when none */
	unsigned int watchdog_timeout_s; /* 0: unknown */
	enum tri container;		 /* this process is in one */
	char guest[64];	       /* what shows that this is a virtual machine; "" when nothing */
	enum tri confidential; /* lockdown=confidentiality */
	enum tri tainted_known;
	uint64_t tainted;
	char iommu_names[128];		 /* "dmar0 dmar1"; "" when none */
	unsigned int segments;		 /* PCI segments with functions; 0: not known */
	bool vfio, vfio_pci, vfio_type1; /* /dev/vfio/vfio is there; loaded or built in */
	bool iommufd, vfio_devices;	 /* /dev/iommu, /dev/vfio/devices */
};

/*
 * Functions are sorted by BDF, groups by number. Owns everything below; freed by snapshot_free().
 * @notes are sentences about what could not be read.
 */
struct snapshot {
	struct host host;
	bool network_is_vital; /* the root file system or swap is reached over it */
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

/* The next VF of @pf after @last, or the first for NULL; NULL when there is none. Pure. */
const struct function *snapshot_next_vf(const struct snapshot *snapshot, const struct function *pf,
					const struct function *last);

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

/* Whether it is a PF with VFs enabled, or was when it was last looked at. Pure. */
bool function_has_vfs(const struct function *function);

/* "mount", "swap", ... for machines. Pure. */
const char *use_kind_name(enum use_kind kind);

/* The longest that a reset of this function can take, by any of its methods. Pure. */
unsigned int function_budget_s(const struct function *function);

void snapshot_free(struct snapshot *snapshot);

#endif
