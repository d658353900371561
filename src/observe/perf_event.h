/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the kernel describes a PMU's events (Documentation/ABI/testing/sysfs-bus-event_source-*):
 * events/NAME is "TERM=VALUE,TERM,...", format/TERM says which bits of the attribute it goes to.
 */
#ifndef OBSERVE_PERF_EVENT_H
#define OBSERVE_PERF_EVENT_H

#include <linux/perf_event.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/root.h"

#define PERF_WHY_BYTES 64

/*
 * Puts @value into the bits that @format names ("config:0-7,32-35", "config1:3"): its lowest bits
 * into the first range. Returns 0, -EINVAL for another syntax, -EOVERFLOW for a value that does not
 * fit, or -ENOTSUP for a field this program does not know. Pure.
 */
int perf_format_apply(const char *format, uint64_t value,
		      struct perf_event_attr *attr) _must_check_;

/*
 * Reads what is needed to count @event of @pmu from sys/bus/event_source/devices: @attr, zeroed but
 * for it, and the CPU it is counted on. Returns 0, -ENOENT when the PMU has no such event, or
 * -errno with @why saying what could not be read or understood. Reads root.
 */
int perf_event_find(const struct root *root, const char *pmu, const char *event,
		    struct perf_event_attr *attr, int *cpu, char why[PERF_WHY_BYTES]) _must_check_;

#endif
