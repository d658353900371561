// SPDX-License-Identifier: GPL-2.0-or-later
/* Errors that the reset caused outside the function: IOMMU faults, ATS timeouts, PCIe errors. */
#include <errno.h>

#include "judge/case.h"

/* One finding for each function and kind; further lines become its evidence. */
static int report(struct step_case *c, size_t index, const char *slug, const char *function,
		  const char *what)
{
	struct finding *finding = case_finding(c, slug, function);

	if (!finding)
		finding = result_add_finding(
			c->result, slug, function, "%s during %s of %s", what, c->step->method,
			function[0] ? function : c->step->subjects[0].function);
	return finding ? case_quote_event(c, finding, index) : -ENOMEM;
}

static int check_fault(struct step_case *c, size_t index)
{
	const struct klog_event *event = &c->log[index];

	/* One that names nobody is no proof against the function under test, nor for it. */
	if (case_owner(c, event) != OWNER_SUBJECT)
		return case_add_background(c, event);
	return report(c, index, "iommu-fault", case_subject_concerned(c, event->function)->function,
		      "the IOMMU reported a fault");
}

/* Behind an invalidation that another function does not answer all others wait. */
static bool others_time_out(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->log_count; i++)
		if (c->log[i].kind == KLOG_ATS_TIMEOUT && case_owner(c, &c->log[i]) == OWNER_OTHER)
			return true;
	return false;
}

/* Drivers that cannot name the device say so while the reset waits for it: the time tells. */
static int check_timeout(struct step_case *c, size_t index, bool others)
{
	const struct klog_event *event = &c->log[index];
	const struct subject *subject = case_subject_concerned(c, event->function);
	enum owner owner = case_owner(c, event);

	if (owner == OWNER_OTHER || owner == OWNER_PORT || (owner == OWNER_UNKNOWN && others))
		return case_add_background(c, event);
	return report(c, index, "ats-timeout", subject ? subject->function : "",
		      "an ATS invalidation timed out");
}

/* Correctable errors are usual while a link retrains. */
static int check_pcie_error(struct step_case *c, size_t index)
{
	const struct klog_event *event = &c->log[index];
	enum owner owner = case_owner(c, event);

	if (owner != OWNER_SUBJECT && owner != OWNER_PORT)
		return case_add_background(c, event);
	if (event->kind == KLOG_AER && event->value < KLOG_NONFATAL)
		return result_add_note(c->result, "%s: correctable PCIe errors were logged",
				       event->function);
	return report(c, index, "aer-error", event->function,
		      event->kind == KLOG_DPC ? "the port above was shut off after an error"
					      : "an uncorrectable PCIe error was logged");
}

static int check_event(struct step_case *c, size_t index, bool others)
{
	switch (c->log[index].kind) {
	case KLOG_IOMMU_FAULT:
		return check_fault(c, index);
	case KLOG_ATS_TIMEOUT:
		return check_timeout(c, index, others);
	case KLOG_AER:
	case KLOG_DPC:
		return check_pcie_error(c, index);
	default:
		return 0;
	}
}

int rule_faults(struct step_case *c)
{
	const bool others = others_time_out(c);
	int r = 0;

	for (size_t i = 0; i < c->step->log_count && r == 0; i++)
		r = check_event(c, i, others);
	return r;
}
