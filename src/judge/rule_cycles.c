// SPDX-License-Identifier: GPL-2.0-or-later
/* What the trace shows of prepare, done and the domains in between. */
#include <errno.h>

#include "base/errname.h"
#include "judge/case.h"

static int found(const struct step_case *c, struct finding *finding, const struct subject *subject)
{
	uint64_t start_ns = c->step->trace_count ? c->step->trace[0].time_ns : 0;
	int r = finding ? 0 : -ENOMEM;

	for (size_t i = 0; i < c->step->trace_count && r == 0; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if (streq(event->function, subject->function))
			r = finding_add_evidence(
				finding, "trace: +%.3f ms %s%s value %d",
				(double)(event->time_ns - start_ns) / 1e6, event->symbol,
				event->kind == TRACE_PREPARE_RETURN ||
						event->kind == TRACE_ATTACH_RETURN ||
						event->kind == TRACE_RESET_RETURN
					? " returned,"
					: ",",
				event->value);
	}
	return r;
}

static int check_errors(struct step_case *c, const struct subject *subject,
			const struct cycle *cycle)
{
	if (cycle->error == 0 || (cycle->error == -EBUSY && !cycle->block_failed))
		return 0;
	return found(c,
		     result_add_finding(c->result, "prepare-failed", subject->function,
					"prepare of %s returned %s", subject->function,
					errno_name(-cycle->error)),
		     subject);
}

static int check_restore(struct step_case *c, const struct subject *subject,
			 const struct cycle *cycle)
{
	int initial = case_domain_before(c, subject, cycle);

	if (cycle->blocks == 0)
		return 0;
	if (cycle->restores == 0 || cycle->restore_failed)
		return found(c,
			     result_add_finding(c->result, "domain-not-restored", subject->function,
						"%s was blocked and not attached again",
						subject->function),
			     subject);
	/* The group's type is that of its default domain; a driver may have attached its own. */
	if (cycle->restore_type == DOMAIN_UNMANAGED && subject->driver[0] && !subject->unbound)
		return 0;
	if (initial >= 0 && cycle->restore_type != initial)
		return found(c,
			     result_add_finding(c->result, "domain-not-restored", subject->function,
						"%s had a %s domain and came back to %s",
						subject->function, domain_type_name(initial),
						domain_type_name(cycle->restore_type)),
			     subject);
	if (cycle->blocks != 1 || cycle->restores != 1)
		return found(c,
			     result_add_finding(c->result, "attach-count", subject->function,
						"%s was blocked %u times and restored %u times",
						subject->function, cycle->blocks, cycle->restores),
			     subject);
	return 0;
}

static int check_cycle(struct step_case *c, const struct subject *subject,
		       const struct cycle *cycle)
{
	int r = check_errors(c, subject, cycle);

	if (r < 0)
		return r;
	/* A reset that failed may leave the function blocked on purpose. */
	if (subject->write_errno != 0 && (!cycle->closed || cycle->restores == 0))
		return 0;
	/* What another process has begun it may end when nobody looks any more. */
	if (!cycle->closed && cycle->others)
		return 0;
	if (!cycle->closed)
		return found(c,
			     result_add_finding(c->result, "unbalanced-prepare-done",
						subject->function,
						"%s: %u prepares, %u dones, and one still holds",
						subject->function, cycle->prepares, cycle->dones),
			     subject);
	if (cycle->early_unblock)
		return found(c,
			     result_add_finding(c->result, "early-unblock", subject->function,
						"%s was attached to %s before its outermost done",
						subject->function,
						domain_type_name(cycle->restore_type)),
			     subject);
	return check_restore(c, subject, cycle);
}

/* Where it is reset again and again, one that works does not make up for one that does not. */
static struct function_trace worst_reset(const struct step_case *c, const struct subject *subject,
					 const struct function_trace *whole)
{
	for (size_t i = 0; i < c->step->write_count; i++) {
		const struct step_write *write = &c->step->writes[i];
		struct function_trace trace;

		if ((write->kind != WRITTEN_RESET && write->kind != WRITTEN_VFIO_OPEN &&
		     write->kind != WRITTEN_VFIO_RESET && write->kind != WRITTEN_VFIO_CLOSE) ||
		    !streq(write->function, subject->function))
			continue;
		trace = function_trace_within(c->step, write, c->step->method);
		if (!trace.reset_ok && trace.reset_error)
			return trace;
	}
	return *whole;
}

static int check_inner_reset(struct step_case *c, const struct subject *subject,
			     const struct function_trace *whole)
{
	const struct function_trace worst = worst_reset(c, subject, whole), *trace = &worst;

	if (subject->write_errno != 0 || trace->reset_ok || trace->reset_error == 0 ||
	    trace->reset_error == -EBUSY)
		return 0;
	return found(c,
		     result_add_finding(c->result, "inner-reset-failed", subject->function,
					"%s of %s reported success, but its reset returned %s",
					c->step->method, subject->function,
					errno_name(-trace->reset_error)),
		     subject);
}

static int check_function(struct step_case *c, const struct subject *subject,
			  const struct function_trace *trace)
{
	int r = 0;

	for (unsigned int i = 0; i < trace->cycle_count && i < CYCLES_MAX && r == 0; i++)
		r = check_cycle(c, subject, &trace->cycles[i]);
	if (r == 0 && trace->stray_dones)
		r = found(c,
			  result_add_finding(c->result, "unbalanced-prepare-done",
					     subject->function, "%s: %u dones without a prepare",
					     subject->function, trace->stray_dones),
			  subject);
	return r < 0 ? r : check_inner_reset(c, subject, trace);
}

int rule_cycles(struct step_case *c)
{
	/* A trace with holes proves no violation: what is missing may stand in a hole. */
	if (case_trace_missing(c))
		return 0;
	for (size_t i = 0; i < c->step->subject_count; i++) {
		int r;

		/* A hung reset has not come to its dones. */
		if (c->step->subjects[i].hung || c->traces[i].torn)
			continue;
		r = check_function(c, &c->step->subjects[i], &c->traces[i]);
		if (r < 0)
			return r;
	}
	return 0;
}
