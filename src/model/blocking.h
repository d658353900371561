/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which attach of a domain is the one that blocks. */
#ifndef MODEL_BLOCKING_H
#define MODEL_BLOCKING_H

#include <stdbool.h>
#include <stddef.h>

#include "model/evidence.h"

/*
 * Whether the TRACE_ATTACH at @index of a step's trace blocks the function: by a domain of that
 * type, or, where the IOMMU's driver has none (virtio-iommu), by an empty one, which is all that
 * prepare attaches there (__iommu_group_alloc_blocking_domain()). Pure.
 */
bool attach_blocks(const struct step_evidence *step, size_t index);

#endif
