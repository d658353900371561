// SPDX-License-Identifier: GPL-2.0-or-later
/* Errors that the reset caused outside the function: IOMMU faults, ATS timeouts. */
#include <errno.h>

#include "judge/case.h"

/* One finding for each function and kind; further lines become its evidence. */
static struct finding *find(const struct step_case *c, const char *slug, const char *function)
{
	for (size_t i = 0; i < c->result->finding_count; i++)
		if (streq(c->result->findings[i].slug->name, slug) &&
		    streq(c->result->findings[i].function, function))
			return &c->result->findings[i];
	return NULL;
}

static int report_line(struct step_case *c, size_t index, const char *slug,
		       const struct subject *subject, const char *what)
{
	const char *function = subject ? subject->function : "";
	struct finding *finding = find(c, slug, function);

	if (!finding)
		finding = result_add_finding(c->result, slug, function, "%s during %s of %s", what,
					     c->step->method,
					     subject ? function : c->step->subjects[0].function);
	return finding ? case_quote_event(c, finding, index) : -ENOMEM;
}

static int check_line(struct step_case *c, size_t index)
{
	const struct klog_event *event = &c->log[index];
	const struct subject *subject = case_subject_named(c, event->function);

	if (event->kind == KLOG_IOMMU_FAULT) {
		/* A line that names nobody is no proof against the function under test. */
		if (!subject)
			return result_add_note(c->result, "background: IOMMU fault of %s",
					       event->function[0] ? event->function
								  : "an unnamed device");
		return report_line(c, index, "iommu-fault", subject, "the IOMMU reported a fault");
	}
	if (event->kind == KLOG_ATS_TIMEOUT) {
		if (!subject && event->function[0])
			return result_add_note(c->result, "background: ATS timeout of %s",
					       event->function);
		return report_line(c, index, "ats-timeout", subject,
				   "an ATS invalidation timed out");
	}
	return 0;
}

int rule_faults(struct step_case *c)
{
	for (size_t i = 0; i < c->step->log_count; i++) {
		int r = check_line(c, i);

		if (r < 0)
			return r;
	}
	return 0;
}
