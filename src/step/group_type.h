/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The type of a function's IOMMU group, where a step writes it. */
#ifndef STEP_GROUP_TYPE_H
#define STEP_GROUP_TYPE_H

#include "step/execution.h"

/* The kernel waits for the group's mutex, which is never held for as long as a reset lasts. */
#define TYPE_WRITE_DEADLINE_S 20

/* The type as it stands there. Returns 0 or -errno. Reads root. */
int group_type_read(const struct root *root, int group, char *type, size_t size_bytes) _must_check_;

/*
 * Puts into the journal that the type is going to be changed, if it is. Returns whether the step
 * may go on; x->error and x->failed are set when not.
 */
bool group_type_announce(struct execution *x, size_t index);

/*
 * Writes the type that the group had, unless it has it, and reads it back. May be called again
 * until that was seen. Writes hardware.
 */
void group_type_restore(struct execution *x, size_t index);

#endif
