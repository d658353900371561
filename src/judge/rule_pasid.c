// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Invariants 4 and 5 for each PASID that a domain is attached to: prepare takes it away
 * (iommu_remove_dev_pasid()), and the outermost done gives it back (set_dev_pasid), once, and none
 * before. Seen where the evidence has these calls.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "judge/scenario.h"

static bool is_pasid(const struct trace_event *event, const struct subject *subject)
{
	return (event->kind == TRACE_PASID_BLOCK || event->kind == TRACE_PASID_RESTORE) &&
	       streq(event->function, subject->function);
}

/* What became of one PASID in one cycle. */
struct fate {
	unsigned int blocks, restores;
	bool early; /* it came back while a prepare held, or before it was taken away */
};

/* An event of a PASID, in the cycle that it is of: from its outermost prepare to the next one's. */
struct mention {
	unsigned int cycle;
	int pasid;
	size_t index; /* of the trace event */
};

struct mentions {
	struct mention *list;
	size_t count;
};

/* Those of a PASID in a cycle stand together, in the order of the trace. */
static int compare(const void *a, const void *b)
{
	const struct mention *left = a, *right = b;

	if (left->cycle != right->cycle)
		return left->cycle < right->cycle ? -1 : 1;
	if (left->pasid != right->pasid)
		return left->pasid < right->pasid ? -1 : 1;
	return (left->index > right->index) - (left->index < right->index);
}

/* Trace and cycles are in the order of time; what comes before the first is of none. */
static int find_mentions(const struct step_case *c, const struct subject *subject,
			 const struct function_trace *trace, struct mentions *mentions)
{
	unsigned int next = 0;

	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];
		struct mention *mention;

		while (next < trace->cycle_count && event->time_ns >= trace->cycles[next].begin_ns)
			next++;
		if (!is_pasid(event, subject) || next == 0)
			continue;
		mention = ARRAY_APPEND(mentions->list, mentions->count);
		if (!mention)
			return -ENOMEM;
		*mention = (struct mention){next - 1, event->value, i};
	}
	if (mentions->count)
		qsort(mentions->list, mentions->count, sizeof(*mentions->list), compare);
	return 0;
}

static void follow(struct fate *fate, const struct cycle *cycle, const struct trace_event *event)
{
	/* Whoever uses the function may attach and detach PASIDs once the reset is over. */
	if (event->time_ns >= cycle->end_ns && event->pid != cycle->pid)
		return;
	if (event->kind == TRACE_PASID_BLOCK) {
		fate->blocks++;
		return;
	}
	fate->restores++;
	fate->early |= event->time_ns < cycle->end_ns || !fate->blocks;
}

static int report(struct step_case *c, const struct subject *subject, const char *slug, int pasid,
		  const struct fate *fate)
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

/* The one that mentions[*at] is about; *at is moved to the next one. */
static int check_pasid(struct step_case *c, const struct subject *subject,
		       const struct function_trace *trace, const struct mentions *mentions,
		       size_t *at)
{
	const struct mention *first = &mentions->list[*at];
	const struct cycle *cycle = &trace->cycles[first->cycle];
	struct fate fate = {0};

	for (; *at < mentions->count; ++*at) {
		const struct mention *mention = &mentions->list[*at];

		if (mention->cycle != first->cycle || mention->pasid != first->pasid)
			break;
		follow(&fate, cycle, &c->step->trace[mention->index]);
	}
	if (!cycle->closed || (!fate.early && fate.blocks == 1 && fate.restores == 1) ||
	    (!fate.blocks && !fate.restores))
		return 0;
	return report(c, subject, fate.early ? "early-unblock" : "pasid-not-restored", first->pasid,
		      &fate);
}

static int check_function(struct step_case *c, const struct subject *subject,
			  const struct function_trace *trace)
{
	struct mentions mentions = {0};
	int r = find_mentions(c, subject, trace, &mentions);

	for (size_t at = 0; at < mentions.count && r == 0;)
		r = check_pasid(c, subject, trace, &mentions, &at);
	free(mentions.list);
	return r;
}

int rule_pasid(struct step_case *c)
{
	if (case_trace_missing(c))
		return 0;
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		const struct function_trace *trace = &c->traces[i];
		int r;

		/* A reset that failed may leave all of the function blocked on purpose. */
		if (subject->hung || subject->write_errno || trace->torn ||
		    trace->cycle_count > CYCLES_MAX)
			continue;
		r = check_function(c, subject, trace);
		if (r < 0)
			return r;
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
