/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static facts about a kernel: which functions and structure members it was built with. */
#ifndef MODEL_FACTS_H
#define MODEL_FACTS_H

#include <stddef.h>

#include "model/tri.h"

/* What prepare was called before it came into the kernel, and may be called in vendors' kernels. */
#define EARLIER_PREPARE "iommu_dev_reset_prepare"

/* The answer of `check`, and one half of the answer of `run`. */
enum static_verdict {
	STATIC_UNKNOWN,
	STATIC_FIXED,
	STATIC_VULNERABLE,
	STATIC_NOT_AFFECTED,
};

/* Byte offsets in the kernel's structures, for probes without BTF arguments. -1: unknown. */
struct kernel_offsets {
	long pci_dev_name; /* struct pci_dev: dev.kobj.name */
	long device_name;  /* struct device: kobj.name */
	long domain_type;  /* struct iommu_domain: type */
};

/* All TRI_UNKNOWN / "" when nothing could be read. */
struct kernel_facts {
	char release[65];	   /* uname -r, or the banner of an image */
	char source[64];	   /* "btf", "kallsyms", "image", "btf-file", "" */
	char note[192];		   /* why something is unknown, for people */
	enum tri prepare;	   /* function pci_dev_reset_iommu_prepare */
	enum tri done;		   /* function pci_dev_reset_iommu_done */
	enum tri resetting_domain; /* iommu_group.resetting_domain: single shot, per group */
	enum tri recovery_cnt;	   /* iommu_group.recovery_cnt: state per device */
	enum tri blocked;	   /* group_device.blocked */
	enum tri reset_depth;	   /* group_device.reset_depth: reentrant */
	enum tri alias_message;	   /* string of 15dd29ca6206, only to be seen in images */
	struct kernel_offsets offsets;
};

#define KERNEL_FACTS_INIT                                                                          \
	{                                                                                          \
		.offsets = { -1, -1, -1 }                                                          \
	}

/*
 * The verdict these facts allow, never from the version. @reason (may be NULL) gets one sentence
 * that names the facts. Pure.
 */
enum static_verdict facts_judge(const struct kernel_facts *facts, const char **reason);

/* "unknown", "fixed", "vulnerable", "not-affected". Pure. */
const char *static_verdict_name(enum static_verdict verdict);

/* The facts as name and value, for writers and readers; NULL past the last. Pure. */
const char *facts_name_at(size_t index);
enum tri *facts_value(struct kernel_facts *facts, const char *name);

#endif
