// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel's own complaints during a step: warnings in the path of the reset, and worse. */
#include <errno.h>

#include "judge/case.h"

#define OWN_COMM "iommu-resettest"

/* The warning that comes with a refused prepare is part of that finding. */
static bool has_refusal(const struct step_case *c)
{
	return case_has_slug(c, "nested-prepare-busy") || case_has_slug(c, "probe-refused-busy") ||
	       case_has_slug(c, "sibling-prepare-busy") ||
	       case_has_slug(c, "reset-silently-skipped") || case_has_slug(c, "prepare-failed");
}

/*
 * Whether the step's own processes said it, or nobody knows who did. In a PID namespace the tool
 * knows its workers by other numbers, but not by another name, and few resets have that.
 */
bool warning_is_own(const struct step_case *c, const struct klog_event *event)
{
	return event->pid == KLOG_NO_PID || case_has_pid(c, event->pid) ||
	       (streq(event->comm, OWN_COMM) && event->frame[0]);
}

static const char *place(const struct klog_event *event)
{
	return event->symbol[0] ? event->symbol : "an unnamed place";
}

static int report_warning(struct step_case *c, size_t index, bool refused)
{
	const struct klog_event *event = &c->log[index];
	struct finding *finding;

	if (refused && streq(event->symbol, "pci_dev_reset_iommu_prepare"))
		return 0;
	if (!warning_is_own(c, event) || event->interrupt)
		return case_add_background(c, event);
	finding = result_add_finding(c->result, "kernel-warning", event->function,
				     "the kernel warned in %s during %s", place(event),
				     c->step->method);
	return finding ? case_quote_event(c, finding, index) : -ENOMEM;
}

/* What lockdep, UBSAN and the hung task detector say of other processes is theirs. */
static int report_complaint(struct step_case *c, size_t index, const char *slug, const char *what)
{
	const struct klog_event *event = &c->log[index];
	struct finding *finding;

	if (!warning_is_own(c, event))
		return case_add_background(c, event);
	finding = result_add_finding(c->result, slug, "", "%s during %s", what, c->step->method);
	return finding ? case_quote_event(c, finding, index) : -ENOMEM;
}

/* After these the kernel's own state is in doubt, whoever it was. */
static int report_oops(struct step_case *c, size_t index)
{
	struct finding *finding = result_add_finding(
		c->result, "kernel-oops", "", "the kernel reported a bug or a stall during %s",
		c->step->method);

	return finding ? case_quote_event(c, finding, index) : -ENOMEM;
}

static int check_event(struct step_case *c, size_t index, bool refused)
{
	switch (c->log[index].kind) {
	case KLOG_WARNING:
		return report_warning(c, index, refused);
	case KLOG_OOPS:
		return report_oops(c, index);
	case KLOG_HUNG_TASK:
		return report_complaint(c, index, "kernel-oops", "a process hangs");
	case KLOG_LOCKDEP:
		return report_complaint(c, index, "kernel-oops", "lockdep found wrong locking");
	case KLOG_UBSAN:
		return report_complaint(c, index, "kernel-warning",
					"the kernel found undefined behaviour");
	default:
		return 0;
	}
}

int rule_warnings(struct step_case *c)
{
	const bool refused = has_refusal(c);
	int r = 0;

	for (size_t i = 0; i < c->step->log_count && r == 0; i++)
		r = check_event(c, i, refused);
	return r;
}
