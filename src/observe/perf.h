/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Performance counters of IOMMUs: perf_event_open(2) on the PMUs dmar*, amd_iommu_* and
 * smmuv3_pmcg_*, counting for the whole system.
 */
#ifndef OBSERVE_PERF_H
#define OBSERVE_PERF_H

#include <linux/perf_event.h>

#include "base/attr.h"
#include "base/root.h"
#include "observe/counter_text.h"

struct perf_observer;

/* Opens a counter on a CPU, disabled or counting. Returns a descriptor the caller owns, or -errno.
 */
typedef int (*perf_opener)(const struct perf_event_attr *attr, int cpu);

/* perf_event_open(2). Needs CAP_PERFMON or perf_event_paranoid below 1. */
int perf_open_event(const struct perf_event_attr *attr, int cpu);

/*
 * Opens what the machine has of the events of interest; they count until perf_close(). One that
 * cannot be opened is remembered with the reason. *out is never NULL on success.
 * Returns 0 or -ENOMEM. Reads root.
 */
int perf_open(const struct root *root, perf_opener open, struct perf_observer **out) _must_check_;

/*
 * Adds perf:PMU:EVENT for each event: its count, or why it is not known, which it is not either
 * when the PMU had to share its counters among too many events. NULL is none. Returns 0 or -ENOMEM.
 */
int perf_read(const struct perf_observer *perf, struct readings *readings) _must_check_;

/* NULL is nothing. */
void perf_close(struct perf_observer *perf);

#endif
