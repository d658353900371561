/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counters that lose nothing: /sys/kernel/WHAT_count, taint, the IOMMUs' fault interrupts, AER
 * totals of the functions under test and of the ports above them.
 */
#ifndef OBSERVE_COUNTER_H
#define OBSERVE_COUNTER_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"

/*
 * Before a step it creates step->counters for the functions in step->subjects, afterwards it fills
 * in their `after`. A counter that appears in between was 0 before; one that disappears is dropped.
 * Names: warn_count, oops_count, ..., tainted, irq:NAME, aer:BDF:{correctable,nonfatal,fatal},
 * aer:BDF:rootport_{cor,nonfatal,fatal}. What is not there is left out. Reads root.
 * Returns 0 or -ENOMEM.
 */
int counters_read(const struct root *root, struct step_evidence *step, bool after) _must_check_;

#endif
