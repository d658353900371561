// SPDX-License-Identifier: GPL-2.0-or-later
/* What became of the write and of the function: hung, lost, refused. */
#include <errno.h>

#include "base/errname.h"
#include "judge/case.h"
#include "judge/config_walk.h"

static bool logged(const struct step_case *c, const struct subject *subject, enum klog_kind kind)
{
	for (size_t i = 0; i < c->step->log_count; i++)
		if (c->log[i].kind == kind && (klog_names(c->log[i].function, subject->function) ||
					       klog_names(c->log[i].function, subject->upstream)))
			return true;
	return false;
}

static int quote_device_log(const struct step_case *c, const struct subject *subject,
			    struct finding *finding)
{
	int r = 0;

	for (size_t i = 0; i < c->step->log_count && r == 0; i++)
		if (c->log[i].kind != KLOG_OTHER &&
		    (klog_names(c->log[i].function, subject->function) ||
		     klog_names(c->log[i].function, subject->upstream)))
			r = case_quote_log(c, finding, i);
	return r;
}

/* A VF has no vendor id, by specification. */
static bool has_vendor(const struct config_space *config)
{
	return config && config->readable && config->length_bytes >= 2 &&
	       (config->bytes[0] != 0xff || config->bytes[1] != 0xff);
}

static int report_lost(struct step_case *c, const struct subject *subject, const char *how)
{
	struct finding *finding =
		result_add_finding(c->result, "device-lost", subject->function, "after %s, %s %s",
				   c->step->method, subject->function, how);

	return finding ? quote_device_log(c, subject, finding) : -ENOMEM;
}

static int check_presence(struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->uevent_count; i++)
		if (streq(c->step->uevents[i].action, "remove") &&
		    streq(c->step->uevents[i].function, subject->function))
			return report_lost(c, subject, "was removed by hotplug");
	if (!subject->present_after)
		return report_lost(c, subject, "is gone or has other ids");
	if (subject->before && subject->before->readable &&
	    (!subject->after || !subject->after->readable))
		return report_lost(c, subject, "has no configuration space that could be read");
	if (!subject->after || !subject->after->readable)
		return 0;
	if (config_all_ones(subject->after))
		return report_lost(c, subject, "reads all ones");
	if (has_vendor(subject->before) && !has_vendor(subject->after))
		return report_lost(c, subject, "does not answer for its ids");
	return 0;
}

static int check_hung(struct step_case *c, const struct subject *subject)
{
	const char *what =
		subject->role == SUBJECT_PROBED ? "writing reset_method" : c->step->method;
	struct finding *finding = result_add_finding(c->result, "reset-hung", subject->function,
						     "%s of %s did not return by its deadline (%s)",
						     what, subject->function, subject->hung_where);
	int r = finding ? 0 : -ENOMEM;

	/* The kernel still works with them: they are put back later. */
	if (r == 0 && subject->method_written &&
	    !streq(subject->methods_after, subject->methods_before))
		r = finding_add_evidence(finding,
					 "reset_method still holds \"%s\" instead of \"%s\": "
					 "`iommu-resettest recover` puts it back",
					 subject->methods_after, subject->methods_before);
	if (r == 0 && subject->unbound)
		r = finding_add_evidence(finding,
					 "driver %s is not bound again: `iommu-resettest recover` "
					 "does that",
					 subject->driver);
	return r < 0 ? r : quote_device_log(c, subject, finding);
}

static const char *failure_slug(const struct step_case *c, const struct subject *subject)
{
	if (logged(c, subject, KLOG_GIVING_UP) || logged(c, subject, KLOG_CONFIG_INACCESSIBLE))
		return "not-ready";
	if (subject->write_errno == ENOTTY && logged(c, subject, KLOG_LINK_INACTIVE))
		return "link-not-back";
	return "reset-failed";
}

static int check_write(struct step_case *c, const struct subject *subject)
{
	struct finding *finding;

	/* ECHILD: the worker was killed, and what the write came to is not known. */
	if (subject->write_errno == 0 || subject->write_errno == ECHILD)
		return 0;
	/* VFIO does not wait for locks, nor does it reset more than it was allowed to. */
	if (c->step->scenario == SCENARIO_VFIO &&
	    (subject->write_errno == EAGAIN || subject->write_errno == EPERM))
		return 0;
	/* The kernel has no such reset; that proves nothing, but breaks nothing either. */
	if (case_declined(c, subject))
		return 0;
	/* Already told, with its cause, as one of the bugs. */
	for (size_t i = 0; i < c->result->finding_count; i++)
		if (streq(c->result->findings[i].function, subject->function) &&
		    c->result->findings[i].slug->class == SLUG_BUG)
			return 0;
	finding = result_add_finding(c->result, failure_slug(c, subject), subject->function,
				     "%s of %s failed with %s", c->step->method, subject->function,
				     errno_name(subject->write_errno));
	return finding ? quote_device_log(c, subject, finding) : -ENOMEM;
}

int rule_outcome(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		int r;

		if (!subject->started)
			continue;
		if (subject->abandoned)
			continue;
		if (subject->hung) {
			r = check_hung(c, subject);
		} else {
			r = check_write(c, subject);
			if (r == 0)
				r = check_presence(c, subject);
		}
		if (r < 0)
			return r;
	}
	return 0;
}
