/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which counters are the fault interrupts of IOMMUs, and of which one. */
#ifndef JUDGE_IRQ_H
#define JUDGE_IRQ_H

#include <stdbool.h>

#include "model/evidence.h"

/* Whether a counter of this name counts interrupts for faults; not for page requests. Pure. */
bool irq_is_fault(const char *name);

/*
 * Whether it may be of @iommu, a name of /sys/class/iommu; "" is not known. Some kernels give one
 * name to the interrupts of all IOMMUs: then it may be of any. Pure.
 */
bool irq_may_be_of(const char *name, const char *iommu);

/* Whether it may be of an IOMMU that one of the step's functions is behind. Pure. */
bool irq_may_concern(const char *name, const struct step_evidence *step);

#endif
