// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Bus resets that the kernel lists and does not have. A function's list is made before the next one
 * of its bus is known, and of cxl_bus the kernel looks at the port alone; the reset itself then
 * finds others on the bus, or a quirk that forbids it (pci_parent_bus_reset(),
 * pci_dev_reset_slot_function()).
 */
#include <errno.h>

#include "judge/case.h"

#define SECONDARY_BUS_RESET "pci_bridge_secondary_bus_reset"

/* What the kernel says when it did try. */
static bool tells_of_attempt(enum klog_kind kind)
{
	return kind == KLOG_PREPARE_FAILED || kind == KLOG_NOT_READY || kind == KLOG_GIVING_UP ||
	       kind == KLOG_READY || kind == KLOG_LINK_INACTIVE || kind == KLOG_LINK_RETRAIN ||
	       kind == KLOG_CONFIG_INACCESSIBLE || kind == KLOG_RESET_FAILED;
}

static bool attempt_is_logged(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->log_count; i++)
		if (tells_of_attempt(c->log[i].kind) &&
		    (klog_names(c->log[i].function, subject->function) ||
		     klog_names(c->log[i].function, subject->upstream)))
			return true;
	return false;
}

static bool attempt_is_traced(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->trace_count; i++)
		if (c->step->trace[i].kind == TRACE_RESET &&
		    streq(c->step->trace[i].symbol, SECONDARY_BUS_RESET) &&
		    streq(c->step->trace[i].function, subject->upstream))
			return true;
	return false;
}

/* A secondary bus reset takes longer than that, whatever comes of it. */
static bool was_over_at_once(const struct step_case *c, const struct subject *subject,
			     const struct method_info *info)
{
	return (subject->method_written || streq(subject->methods_before, c->step->method)) &&
	       subject->end_ns >= subject->begin_ns &&
	       subject->end_ns - subject->begin_ns < info->floor_ns;
}

bool case_declined(const struct step_case *c, const struct subject *subject)
{
	const struct function_trace *trace = &c->traces[subject - c->step->subjects];
	const struct method_info *info = method_info_find(c->step->method);

	if (!info || !info->resets_bus || !subject->started || subject->write_errno != ENOTTY ||
	    attempt_is_logged(c, subject))
		return false;
	if (case_trace_missing(c) || trace->torn || case_symbol_missing(c, SECONDARY_BUS_RESET))
		return was_over_at_once(c, subject, info);
	return trace->reset_error == -ENOTTY && !attempt_is_traced(c, subject);
}
