// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel's own complaints during a step: warnings in the path of the reset, and worse. */
#include <errno.h>

#include "judge/case.h"

/* The warning that comes with a refused prepare is part of that finding. */
static bool explained(const struct step_case *c, const struct klog_event *event)
{
	return streq(event->symbol, "pci_dev_reset_iommu_prepare") &&
	       (case_has_slug(c, "nested-prepare-busy") ||
		case_has_slug(c, "sibling-prepare-busy") ||
		case_has_slug(c, "reset-silently-skipped") || case_has_slug(c, "prepare-failed"));
}

static int report_warning(struct step_case *c, size_t index)
{
	const struct klog_event *event = &c->log[index];
	struct finding *finding;

	if (explained(c, event))
		return 0;
	if (event->pid != KLOG_NO_PID && !case_has_pid(c, event->pid))
		return result_add_note(
			c->result, "background: the kernel warned in %s (process %d)",
			event->symbol[0] ? event->symbol : "an unnamed place", event->pid);
	finding = result_add_finding(
		c->result, "kernel-warning", event->function, "the kernel warned in %s during %s",
		event->symbol[0] ? event->symbol : "an unnamed place", c->step->method);
	return finding ? case_quote_log(c, finding, index) : -ENOMEM;
}

static int report_oops(struct step_case *c, size_t index)
{
	const struct klog_event *event = &c->log[index];
	struct finding *finding;

	/* Somebody waits for something; the worker is not in it. */
	if (event->pid != KLOG_NO_PID && !case_has_pid(c, event->pid))
		return result_add_note(c->result, "background: process %d hangs", event->pid);
	finding = result_add_finding(c->result, "kernel-oops", "",
				     "the kernel reported a bug or a stall during %s",
				     c->step->method);

	return finding ? case_quote_log(c, finding, index) : -ENOMEM;
}

int rule_warnings(struct step_case *c)
{
	for (size_t i = 0; i < c->step->log_count; i++) {
		int r = 0;

		if (c->log[i].kind == KLOG_WARNING)
			r = report_warning(c, i);
		else if (c->log[i].kind == KLOG_OOPS)
			r = report_oops(c, i);
		if (r < 0)
			return r;
	}
	return 0;
}
