// SPDX-License-Identifier: GPL-2.0-or-later
/* What the step left otherwise than it was, and what it could not see. */
#include <errno.h>

#include "base/errname.h"
#include "judge/case.h"

/* These say of the system or of the tool that nothing was tried, and nothing of the device. */
static bool is_own_trouble(int error)
{
	static const int own[] = {EPERM, EACCES, EAGAIN, ENOMEM, EMFILE, ENFILE, ENOBUFS};

	for (size_t i = 0; i < ARRAY_SIZE(own); i++)
		if (error == own[i])
			return true;
	return false;
}

/*
 * EIO is the tool's own: the interface was taken down, and is up all the same. The kernel takes the
 * flag away whatever the driver makes of it (__dev_close_many()), so somebody has brought it up
 * again: a network manager does that at once.
 */
static bool is_others_doing(int error)
{
	return error == EIO;
}

static bool is_finding(const struct step_case *c, const struct traffic *traffic)
{
	const struct subject *subject = step_subject(c->step, traffic->function);

	return traffic->still_up && subject && subject->started && !subject->hung &&
	       !is_own_trouble(traffic->lower_error) && !is_others_doing(traffic->lower_error);
}

static int report_interface(struct step_case *c, const struct traffic *traffic)
{
	struct finding *finding =
		result_add_finding(c->result, "interface-not-lowered", traffic->function,
				   "%s of %s could not be taken down again after %s",
				   traffic->device, traffic->function, c->step->method);

	if (!finding)
		return -ENOMEM;
	return finding_add_evidence(
		finding, "ip link set dev %s down: %s; `iommu-resettest recover` tries once more",
		traffic->device, errno_name(traffic->lower_error));
}

static int check_interface(struct step_case *c, const struct traffic *traffic)
{
	if (!traffic->lower_error)
		return 0;
	if (is_finding(c, traffic))
		return report_interface(c, traffic);
	return result_add_note(c->result,
			       "%s of %s could not be made as it was (%s): `iommu-resettest "
			       "recover` tries once more",
			       traffic->device[0] ? traffic->device : "the interface",
			       traffic->function, errno_name(traffic->lower_error));
}

static int note_kept(struct step_case *c, const struct subject *subject)
{
	bool listed = streq(subject->methods_before, subject->methods_after);

	if (!subject->kept_for[0])
		return 0;
	return result_add_note(c->result,
			       "%s came into use during the step and was left to it: %s%s",
			       subject->function, subject->kept_for,
			       listed ? ""
				      : "; once it is free, `iommu-resettest recover` puts "
					"reset_method back");
}

int rule_left(struct step_case *c)
{
	int r = 0;

	if (c->step->incomplete[0])
		r = result_add_note(c->result, "a part of the evidence is missing: %s",
				    c->step->incomplete);
	for (size_t i = 0; i < c->step->subject_count && r == 0; i++)
		r = note_kept(c, &c->step->subjects[i]);
	for (size_t i = 0; i < c->step->traffic_count && r == 0; i++)
		r = check_interface(c, &c->step->traffic[i]);
	return r;
}

const char *left_missing(const struct step_case *c)
{
	if (c->step->incomplete[0])
		return "evidence-incomplete";
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (c->step->subjects[i].kept_for[0])
			return "left-changed";
	for (size_t i = 0; i < c->step->traffic_count; i++)
		if (c->step->traffic[i].lower_error)
			return "left-changed";
	return NULL;
}
