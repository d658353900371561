// SPDX-License-Identifier: GPL-2.0-or-later
/* What the tool changed must be as before once a step is over: reset_method, the driver. */
#include <errno.h>

#include "base/errname.h"
#include "judge/case.h"

static int check_methods(struct step_case *c, const struct subject *subject)
{
	struct finding *finding;

	if (streq(subject->methods_before, subject->methods_after))
		return 0;
	/* It was somebody's by then, and nobody tried. */
	if (subject->kept_for[0])
		return 0;
	finding = result_add_finding(c->result, "method-not-restored", subject->function,
				     "reset_method of %s held \"%s\" and now holds \"%s\"",
				     subject->function, subject->methods_before,
				     subject->methods_after);
	if (!finding)
		return -ENOMEM;
	return finding_add_evidence(finding, "writing the list back: %s",
				    errno_name(subject->restore_errno));
}

static int check_driver(struct step_case *c, const struct subject *subject)
{
	struct finding *finding;

	if (!subject->unbound || streq(subject->driver, subject->driver_after))
		return 0;
	finding = result_add_finding(c->result, "rebind-failed", subject->function,
				     "driver %s was taken off %s and could not be bound again",
				     subject->driver, subject->function);
	if (!finding)
		return -ENOMEM;
	return finding_add_evidence(
		finding, "echo %s > /sys/bus/pci/drivers/%s/bind: %s; bound now: %s",
		subject->function, subject->driver, errno_name(subject->bind_errno),
		subject->driver_after[0] ? subject->driver_after : "none");
}

int rule_config(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		int r;

		/* What is gone or stuck has been told, and has nothing to compare. */
		if (subject->hung || !subject->present_after || case_has_slug(c, "device-lost"))
			continue;
		r = check_methods(c, subject);
		if (r == 0)
			r = check_driver(c, subject);
		if (r < 0)
			return r;
	}
	return 0;
}
