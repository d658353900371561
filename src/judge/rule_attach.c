// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Invariant 8: __iommu_group_set_domain_internal() refuses a new domain while a function of the
 * group is being reset, and takes one as soon as none is.
 */
#include <errno.h>

#include "base/errname.h"
#include "judge/scenario.h"

static const struct step_write *find_write(const struct step_case *c, enum write_kind kind)
{
	for (size_t i = 0; i < c->step->write_count; i++)
		if (c->step->writes[i].kind == kind)
			return &c->step->writes[i];
	return NULL;
}

static bool was_told(const struct step_write *write)
{
	return write && write->started && !write->hung && write->error != ECHILD;
}

/* The whole write, while the function was blocked: by the trace alone, no clock is trusted more. */
static bool was_within(const struct step_case *c, size_t index, const struct step_write *write)
{
	const struct function_trace *trace = &c->traces[index];

	for (unsigned int i = 0; i < trace->cycle_count && i < CYCLES_MAX; i++)
		if (trace->cycles[i].blocks && trace->cycles[i].closed &&
		    trace->cycles[i].block_ns < write->begin_ns &&
		    write->begin_ns <= write->end_ns && write->end_ns < trace->cycles[i].end_ns)
			return true;
	return false;
}

static int quote(struct finding *finding, const struct step_write *write)
{
	return finding ? finding_add_evidence(
				 finding,
				 "echo '%s' > /sys/kernel/iommu_groups/N/type: %s; then "
				 "it held \"%s\"",
				 write->value, errno_name(write->error), write->after)
		       : -ENOMEM;
}

/* It took effect, and was not just found to be nothing new. What was not read shows neither. */
static bool took_effect(const struct subject *subject, const struct step_write *write)
{
	return write->error == 0 && write->after[0] && subject->domain_type[0] &&
	       !streq(write->after, subject->domain_type);
}

static int check_within(struct step_case *c, const struct subject *subject,
			const struct step_write *write)
{
	if (!was_told(write) || !took_effect(subject, write) || case_trace_missing(c) ||
	    !was_within(c, 0, write))
		return 0;
	return quote(result_add_finding(c->result, "attach-within-reset", subject->function,
					"group %d was given another domain while %s of %s had the "
					"IOMMU blocked",
					subject->group, c->step->method, subject->function),
		     write);
}

/*
 * Whether others reset functions during the step. One of the same group fences it off as well, and
 * which those are is not known.
 */
static bool others_reset(const struct step_case *c, const struct subject *subject)
{
	const struct function_trace *trace = &c->traces[0];

	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if ((event->kind == TRACE_PREPARE || event->kind == TRACE_DONE) &&
		    !streq(event->function, subject->function))
			return true;
	}
	for (unsigned int i = 0; i < trace->cycle_count && i < CYCLES_MAX; i++)
		if (trace->cycles[i].others)
			return true;
	return trace->outside;
}

static int check_after(struct step_case *c, const struct subject *subject,
		       const struct step_write *write)
{
	if (!was_told(write) || subject->hung || write->begin_ns < subject->end_ns ||
	    write->error != EBUSY || case_trace_missing(c) || others_reset(c, subject))
		return 0;
	return quote(result_add_finding(c->result, "attach-still-refused", subject->function,
					"group %d was refused another domain although the reset of "
					"%s was over",
					subject->group, subject->function),
		     write);
}

static int check_type(struct step_case *c, const struct subject *subject)
{
	const struct step_write *write = find_write(c, WRITTEN_RETYPE);
	struct finding *finding;

	/* Under a reset that hangs it is left to whoever recovers. */
	if (subject->hung || !subject->domain_type[0] || !find_write(c, WRITTEN_ATTACH) ||
	    streq(subject->type_after, subject->domain_type))
		return 0;
	finding = result_add_finding(c->result, "group-type-changed", subject->function,
				     "group %d was of type \"%s\" and is of type \"%s\" now",
				     subject->group, subject->domain_type, subject->type_after);
	if (!finding)
		return -ENOMEM;
	return write ? quote(finding, write) : 0;
}

int rule_attach(struct step_case *c)
{
	const struct subject *subject = &c->step->subjects[0];
	int r;

	if (c->step->subject_count == 0)
		return 0;
	r = check_within(c, subject, find_write(c, WRITTEN_ATTACH));
	if (r == 0)
		r = check_after(c, subject, find_write(c, WRITTEN_ATTACH_AFTER));
	return r < 0 ? r : check_type(c, subject);
}

/* The write returned 0; that the function really got the domain is seen in the trace. */
static bool was_attached(const struct step_case *c, const struct subject *subject,
			 const struct step_write *write)
{
	const struct trace_event *entry = NULL;

	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if (!streq(event->function, subject->function) ||
		    event->time_ns < write->begin_ns || event->time_ns > write->end_ns)
			continue;
		if (event->kind == TRACE_ATTACH)
			entry = event;
		else if (event->kind == TRACE_ATTACH_RETURN && entry && event->value == 0 &&
			 event->pid == entry->pid && entry->value == domain_type_of(write->value))
			return true;
	}
	return false;
}

const char *attach_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	const struct step_write *within = find_write(c, WRITTEN_ATTACH);
	const struct step_write *after = find_write(c, WRITTEN_ATTACH_AFTER);
	const char *missing = proof_blocked_reset(c, index);

	if (missing)
		return missing;
	if (!was_told(within) || !was_told(after))
		return "interrupted";
	if (!was_within(c, index, within) || after->begin_ns < subject->end_ns)
		return "window-missed";
	if (within->error != EBUSY || after->error != 0 || !was_attached(c, subject, after))
		return "attach-not-tried";
	return NULL;
}

void attach_explain(struct step_case *c)
{
	snprintf(c->result->text, sizeof(c->result->text),
		 "a new domain was refused with EBUSY while the IOMMU was blocked, and attached "
		 "after the reset; back to %s",
		 c->step->subjects[0].domain_type);
}
