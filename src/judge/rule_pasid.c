// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Invariants 4 and 5 for each PASID that a domain is attached to: prepare takes it away
 * (iommu_remove_dev_pasid()), and the outermost done gives it back (set_dev_pasid), once, and none
 * before. Seen where the evidence has these calls.
 */
#include <errno.h>

#include "judge/scenario.h"

static bool is_pasid(const struct trace_event *event, const struct subject *subject)
{
	return (event->kind == TRACE_PASID_BLOCK || event->kind == TRACE_PASID_RESTORE) &&
	       streq(event->function, subject->function);
}

/* From the outermost prepare of a cycle to that of the next one. */
static bool is_of_cycle(const struct function_trace *trace, unsigned int index,
			const struct trace_event *event)
{
	return event->time_ns >= trace->cycles[index].begin_ns &&
	       (index + 1 == trace->cycle_count ||
		event->time_ns < trace->cycles[index + 1].begin_ns);
}

/* What became of the PASID of event @at in its cycle. */
struct pasid_fate {
	unsigned int blocks, restores;
	bool early; /* it came back while a prepare held, or before it was taken away */
};

static struct pasid_fate follow(const struct step_case *c, const struct subject *subject,
				const struct function_trace *trace, unsigned int index, int pasid)
{
	struct pasid_fate fate = {0};

	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if (!is_pasid(event, subject) || event->value != pasid ||
		    !is_of_cycle(trace, index, event))
			continue;
		if (event->kind == TRACE_PASID_BLOCK) {
			fate.blocks++;
			continue;
		}
		fate.restores++;
		fate.early |= event->time_ns < trace->cycles[index].end_ns || !fate.blocks;
	}
	return fate;
}

/* The first event of a PASID in its cycle speaks for all of it there. */
static bool is_first(const struct step_case *c, const struct subject *subject,
		     const struct function_trace *trace, unsigned int index, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_pasid(&c->step->trace[i], subject) &&
		    c->step->trace[i].value == c->step->trace[at].value &&
		    is_of_cycle(trace, index, &c->step->trace[i]))
			return false;
	return true;
}

static int report(struct step_case *c, const struct subject *subject, const char *slug, int pasid,
		  const struct pasid_fate *fate)
{
	struct finding *finding = result_add_finding(
		c->result, slug, subject->function, "PASID %d of %s %s", pasid, subject->function,
		fate->early ? "came back before the outermost done"
			    : "did not come back once after it was taken away");

	return finding ? finding_add_evidence(
				 finding,
				 "trace: PASID %d taken away %u times, given back %u times", pasid,
				 fate->blocks, fate->restores)
		       : -ENOMEM;
}

static int check_cycle(struct step_case *c, const struct subject *subject,
		       const struct function_trace *trace, unsigned int index)
{
	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];
		struct pasid_fate fate;
		int r;

		if (!is_pasid(event, subject) || !is_of_cycle(trace, index, event) ||
		    !is_first(c, subject, trace, index, i))
			continue;
		fate = follow(c, subject, trace, index, event->value);
		if (!fate.early && fate.blocks == 1 && fate.restores == 1)
			continue;
		r = report(c, subject, fate.early ? "early-unblock" : "pasid-not-restored",
			   event->value, &fate);
		if (r < 0)
			return r;
	}
	return 0;
}

int rule_pasid(struct step_case *c)
{
	if (case_trace_missing(c))
		return 0;
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		const struct function_trace *trace = &c->traces[i];

		/* A reset that failed may leave all of the function blocked on purpose. */
		if (subject->hung || subject->write_errno || trace->torn ||
		    trace->cycle_count > CYCLES_MAX)
			continue;
		for (unsigned int j = 0; j < trace->cycle_count; j++) {
			int r = trace->cycles[j].closed ? check_cycle(c, subject, trace, j) : 0;

			if (r < 0)
				return r;
		}
	}
	return 0;
}

const char *pasid_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	const char *missing = c->unaffected ? "pasid-not-seen" : proof_blocked_reset(c, index);

	for (size_t i = 0; i < c->step->trace_count && !missing; i++)
		if (is_pasid(&c->step->trace[i], subject))
			return NULL;
	return missing ? missing : "pasid-not-seen";
}

void pasid_explain(struct step_case *c)
{
	unsigned int restored = 0;

	for (size_t i = 0; i < c->step->trace_count; i++)
		restored += c->step->trace[i].kind == TRACE_PASID_RESTORE;
	snprintf(c->result->text, sizeof(c->result->text),
		 "%u PASIDs were taken away and came back; blocked throughout, back to %s",
		 restored, c->step->subjects[0].domain_type);
}
