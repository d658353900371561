/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reset methods as /sys/bus/pci/devices/BDF/reset_method spells them, and what is known of each. */
#ifndef MODEL_METHOD_H
#define MODEL_METHOD_H

#include <stdbool.h>
#include <stdint.h>

#include "model/tri.h"

#define METHOD_NAME_MAX 24
#define METHODS_MAX 8
/* Written to reset_method it makes the kernel find out anew what the function offers. */
#define METHODS_DEFAULT "default"
#define METHOD_LIST_TEXT_MAX 192

/* The list as it stood (@text, without the newline) and its names in kernel order. */
struct method_list {
	char text[METHOD_LIST_TEXT_MAX];
	char names[METHODS_MAX][METHOD_NAME_MAX];
	unsigned int count;
};

/* What the kernel's source says of one method (drivers/pci/pci.c, pci_reset_fn_methods[]). */
struct method_info {
	const char *name;
	/* Calls pci_dev_reset_iommu_prepare() again from inside itself. */
	bool nests;
	/* The mere write of the name to reset_method runs prepare/done on the function. */
	bool probe_blocks;
	/* Resets everything below the upstream bridge, not the function alone. */
	bool resets_bus;
	/* The shortest time a reset that was really issued can take; 0 where nothing is promised.
	 */
	uint64_t floor_ns;
	/* Kernel function that issues the reset and whose return value proves it; NULL: none fixed.
	 */
	const char *primitive;
};

/* Splits "flr pm bus". Returns 0, or -EINVAL for too many or overlong names. Pure. */
int method_list_parse(const char *text, struct method_list *list);
bool method_list_has(const struct method_list *list, const char *name);

/* NULL when the name is not one that mainline knows (vendor kernels add some). Pure. */
const struct method_info *method_info_find(const char *name);

/* The known methods in kernel order, for messages; NULL past the last. Pure. */
const struct method_info *method_info_at(unsigned int index);

/* A device-specific reset of drivers/pci/quirks.c, pci_dev_reset_methods[]. */
struct reset_quirk {
	uint16_t vendor;
	uint16_t device; /* 0xffff: any */
	const char *what;
	bool nests;	       /* ends in pcie_flr(), which prepares again */
	unsigned int budget_s; /* longest time it can take */
};

/* The quirk for these ids, NULL when mainline has none. Pure. */
const struct reset_quirk *reset_quirk_find(uint16_t vendor, uint16_t device);

/*
 * Whether a reset by this method of a function with these ids, no bridge, prepares it a second time
 * from within. Unknown for a device-specific reset that mainline has no quirk for. Pure.
 */
enum tri method_nests(const char *method, uint16_t vendor, uint16_t device);

/* How long one reset may take before its worker counts as hung: wait loops give up after ~65 s. */
unsigned int method_budget_s(const char *method, uint16_t vendor, uint16_t device);

#endif
