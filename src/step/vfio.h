/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resets through VFIO: the only place that opens its devices (Documentation/driver-api/vfio.rst).
 * Nothing is ever mapped for DMA, so the domain that VFIO attaches reaches no memory.
 */
#ifndef STEP_VFIO_H
#define STEP_VFIO_H

#include "base/root.h"
#include "step/worker.h"

/* What a worker gives to VFIO. Borrows all. */
struct vfio_target {
	const struct root *root;
	const char *function; /* bound to vfio-pci */
	int group;
	bool hot; /* reset the bus */
};

enum vfio_stage {
	VFIO_ATTACH, /* a container with a type 1 IOMMU gets the group, and attaches its domain */
	VFIO_OPEN,   /* the device, which the kernel resets first */
	VFIO_RESET,
	VFIO_CLOSE,  /* the device, which the kernel resets once more */
	VFIO_DETACH, /* the group: it gets its own domain back */
};
#define VFIO_STAGE_COUNT 5

/*
 * The act of a worker, with a struct vfio_target: goes through all stages; after one that failed,
 * or when it is stopped, those alone that leave. @writes has each stage, zeroed where it was not
 * come to. A hot reset that would concern another function is not done: EPERM. Writes hardware.
 */
unsigned int vfio_act(const void *data, struct work_write writes[WORK_WRITES_MAX],
		      const volatile sig_atomic_t *stopped);

#endif
