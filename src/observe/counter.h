/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counters that lose nothing: /sys/kernel/WHAT_count, taint, the IOMMUs' fault interrupts and
 * performance counters, AER totals of the functions under test and of the ports above them.
 */
#ifndef OBSERVE_COUNTER_H
#define OBSERVE_COUNTER_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"

struct perf_observer;

/*
 * Before a step it creates step->counters for the functions in step->subjects and says which IOMMU
 * each is behind; afterwards it fills in their `after`. A counter that appears in between was 0
 * before; one that disappears is not known, as is one that could not be read.
 * Names: warn_count, oops_count, ..., tainted, irq:NAME, aer:BDF:{correctable,nonfatal,fatal},
 * aer:BDF:rootport_{cor,nonfatal,fatal}, perf:PMU:EVENT; and of the errors that rose,
 * aer:BDF:{correctable,...}:ERROR. What is not there is left out. @perf may be NULL. Reads root.
 * Returns 0 or -ENOMEM.
 */
int counters_read(const struct root *root, struct perf_observer *perf, struct step_evidence *step,
		  bool after) _must_check_;

#endif
