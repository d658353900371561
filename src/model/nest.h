/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which methods enter pci_dev_reset_iommu_prepare() twice, and whether that would do anything. */
#ifndef MODEL_NEST_H
#define MODEL_NEST_H

#include "model/snapshot.h"

/* As method_nests(); a bridge is not reset that way. Pure. */
enum tri function_method_nests(const struct function *function, const char *method);

/*
 * Whether writing to reset_method can make a kernel with prepare/done run them on the function: a
 * method that it lists is probed that way, or nobody knows how it is probed. Pure.
 */
bool function_selecting_blocks(const struct function *function);

/*
 * Why prepare/done have no effect on this function: "no-iommu", "no-ats", "ats-unknown"; NULL when
 * they have. Pure.
 */
const char *function_gate_reason(const struct snapshot *snapshot, const struct function *function);

#endif
