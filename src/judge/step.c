// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/step.h"

#include <errno.h>

#include "judge/case.h"
#include "judge/scenario.h"

static int (*const rules[])(struct step_case *) = {
	rule_busy,   rule_scenario, rule_cycles, rule_pasid,	rule_outcome,
	rule_vfs,    rule_warnings, rule_faults, rule_counters, rule_registers,
	rule_config, rule_left,	    rule_ready,	 rule_notes,
};

/* The findings that name the bug come first: the first one is the step's reason. */
static void sort_findings(struct step_result *result)
{
	for (size_t i = 1; i < result->finding_count; i++)
		for (size_t j = i;
		     j > 0 && result->findings[j].slug->class < result->findings[j - 1].slug->class;
		     j--) {
			struct finding swap = result->findings[j];

			result->findings[j] = result->findings[j - 1];
			result->findings[j - 1] = swap;
		}
}

/* Whether that they are blocked at the same time says something. */
static bool belong_together(const struct step_case *c, const struct subject *a,
			    const struct subject *b)
{
	return !streq(a->function, b->function) &&
	       (a->group == b->group || c->step->scenario == SCENARIO_STORM);
}

static void measure(struct step_case *c)
{
	struct step_result *result = c->result;
	bool blocked = c->step->subject_count > 0;

	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		const struct function_trace *trace = &c->traces[i];

		if (subject->end_ns > subject->begin_ns &&
		    subject->end_ns - subject->begin_ns > result->duration_ns)
			result->duration_ns = subject->end_ns - subject->begin_ns;
		for (unsigned int j = 0; j < trace->cycle_count && j < CYCLES_MAX; j++) {
			const struct cycle *cycle = &trace->cycles[j];

			if (cycle->depth_max > result->depth_max)
				result->depth_max = cycle->depth_max;
			blocked &= cycle->blocks == 1 && cycle->restores == 1;
		}
		blocked &= trace->cycle_count > 0;
		for (size_t j = 0; j < i; j++)
			result->overlapped |= belong_together(c, subject, &c->step->subjects[j]) &&
					      cycles_overlap(trace, &c->traces[j]);
	}
	result->blocked = blocked;
}

static void explain_pass(struct step_case *c)
{
	struct step_result *result = c->result;
	const char *domain = c->step->subjects[0].domain_type;
	size_t size = sizeof(result->text);

	if (c->unaffected && c->step->write_count > 0)
		snprintf(result->text, size,
			 "all writes worked; this kernel never blocks the IOMMU");
	else if (c->unaffected)
		snprintf(result->text, size,
			 "the reset worked; this kernel never blocks the IOMMU");
	else if (scenario_rules[c->step->scenario].explain)
		scenario_rules[c->step->scenario].explain(c);
	else if (result->blocked)
		snprintf(result->text, size, "depth %u, blocked throughout, back to %s",
			 result->depth_max, domain);
	else
		snprintf(result->text, size, "the reset worked; the IOMMU is not involved");
}

/*
 * Where the state is the group's, a second function finds it blocked and is taken for the first one
 * in another reset.
 */
static void look_for_unblocked(struct step_case *c)
{
	const struct step_evidence *step = c->step;

	for (size_t i = 0; i < step->subject_count && !case_trace_missing(c); i++)
		for (size_t j = 0; j < step->subject_count; j++)
			c->result->unblocked |=
				step->subjects[i].group == step->subjects[j].group &&
				!c->traces[i].torn && !c->traces[j].torn &&
				cycles_differ(&c->traces[i], &c->traces[j]);
}

/* A finding that names no function concerns each. */
static const struct slug *finding_of(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->result->finding_count; i++)
		if (!c->result->findings[i].function[0] ||
		    streq(c->result->findings[i].function, subject->function))
			return c->result->findings[i].slug;
	return NULL;
}

static void conclude_subjects(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		struct subject_result *result = &c->result->subjects[i];
		const char *missing;

		result->verdict = STEP_FAIL;
		result->reason = finding_of(c, &c->step->subjects[i]);
		if (result->reason)
			continue;
		missing = proof_missing_of(c, i);
		result->verdict = missing ? STEP_INCONCLUSIVE : STEP_PASS;
		result->reason = missing ? slug_find(missing) : NULL;
	}
}

static void conclude(struct step_case *c)
{
	struct step_result *result = c->result;
	const char *missing;

	if (result->finding_count > 0) {
		sort_findings(result);
		result->verdict = STEP_FAIL;
		result->reason = result->findings[0].slug;
		snprintf(result->text, sizeof(result->text), "%s", result->findings[0].text);
		return;
	}
	missing = proof_missing(c);
	if (missing) {
		result->verdict = STEP_INCONCLUSIVE;
		result->reason = slug_find(missing);
		snprintf(result->text, sizeof(result->text), "%s", result->reason->meaning);
		return;
	}
	result->verdict = STEP_PASS;
	explain_pass(c);
}

static void judge_skip(const struct step_evidence *step, struct step_result *result)
{
	result->verdict = STEP_SKIP;
	result->reason = slug_find(step->skip_reason);
	snprintf(result->text, sizeof(result->text), "%s", step->skip_text);
}

static int apply(struct step_case *c)
{
	const struct step_evidence *step = c->step;

	for (size_t i = 0; i < step->subject_count; i++)
		c->traces[i] = function_trace_read(step, step->subjects[i].function, step->method);
	measure(c);
	look_for_unblocked(c);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		int r = rules[i](c);

		if (r < 0)
			return r;
	}
	conclude(c);
	conclude_subjects(c);
	return 0;
}

int step_judge(const struct run_evidence *run, const struct step_evidence *step,
	       struct step_result *result)
{
	_cleanup_free_ struct klog_event *log = calloc(step->log_count + 1, sizeof(*log));
	struct step_case c = {.run = run, .step = step, .log = log, .result = result};
	int r;

	if (step->skip_reason[0]) {
		judge_skip(step, result);
		return 0;
	}
	if (!log)
		return -ENOMEM;
	c.unaffected = facts_judge(&run->facts, NULL) == STATIC_NOT_AFFECTED;
	c.traced = step->trace_state.source >= TRACE_SOURCE_KPROBE;
	klog_read(step->log, step->log_count, log);
	r = case_index(&c);
	if (r == 0)
		r = apply(&c);
	case_index_clear(&c);
	return r;
}
