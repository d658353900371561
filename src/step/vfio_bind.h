/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vfio-pci bound to a function for a step, and taken off again. */
#ifndef STEP_VFIO_BIND_H
#define STEP_VFIO_BIND_H

#include "step/execution.h"

/*
 * Binds vfio-pci where the step resets through VFIO, once that is in the journal. Returns whether
 * it may go on; x->error and x->failed are set when it was the journal. Writes hardware.
 */
bool vfio_bind(struct execution *x, size_t index);

/*
 * Takes it off again and puts driver_override back. Returns whether things are as they were before,
 * or nothing was to be taken off. Writes hardware.
 */
bool vfio_release(struct execution *x, size_t index);

/* What driver_override holds, "" for nothing. Returns 0 or -errno. Reads root. */
int vfio_read_override(const struct root *root, const char *bdf, char *text,
		       size_t size_bytes) _must_check_;

/*
 * Unbinds vfio-pci, if it is bound, writes @override to driver_override unless somebody else has
 * written there since, and reads both back. Nobody may use the function. Returns 0 or a positive
 * errno; EBUSY: vfio-pci is still bound; EIO: driver_override holds something else. Writes
 * hardware.
 */
int vfio_put_back(const struct root *root, const char *bdf, const char *override) _must_check_;

#endif
