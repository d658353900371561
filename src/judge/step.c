// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/step.h"

#include <errno.h>
#include <inttypes.h>

static int (*const rules[])(struct step_case *) = {
	rule_busy, rule_outcome, rule_cycles, rule_warnings, rule_faults, rule_config,
};

const struct subject *case_subject_named(const struct step_case *c, const char *printed)
{
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (klog_names(printed, c->step->subjects[i].function))
			return &c->step->subjects[i];
	return NULL;
}

bool case_has_pid(const struct step_case *c, int pid)
{
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (c->step->subjects[i].pid == pid)
			return true;
	return false;
}

bool case_has_slug(const struct step_case *c, const char *slug)
{
	for (size_t i = 0; i < c->result->finding_count; i++)
		if (streq(c->result->findings[i].slug->name, slug))
			return true;
	return false;
}

uint64_t case_counter_delta(const struct step_case *c, const char *name)
{
	for (size_t i = 0; i < c->step->counter_count; i++)
		if (streq(c->step->counters[i].name, name) &&
		    c->step->counters[i].after > c->step->counters[i].before)
			return c->step->counters[i].after - c->step->counters[i].before;
	return 0;
}

int case_quote_log(const struct step_case *c, struct finding *finding, size_t index)
{
	const struct log_record *record = &c->step->log[index];

	return finding_add_evidence(finding, "log: [%" PRIu64 ".%06" PRIu64 "] %s",
				    record->time_us / 1000000, record->time_us % 1000000,
				    record->text);
}

static bool symbol_is_missing(const struct step_case *c, const char *symbol)
{
	const char *at = strstr(c->step->trace_state.missing, symbol);
	size_t length = strlen(symbol);

	for (; at; at = strstr(at + 1, symbol))
		if ((at == c->step->trace_state.missing || at[-1] == ' ') &&
		    (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

/* Recorded from the tool's first mark to its last, and in order. */
static bool trace_is_bracketed(const struct step_evidence *step)
{
	bool begin = false, end = false;

	for (size_t i = 0; i < step->trace_count; i++) {
		const struct trace_event *event = &step->trace[i];
		bool own = event->value == (int)step->number;

		if (i > 0 && event->time_ns < event[-1].time_ns)
			return false;
		begin |= i == 0 && own && event->kind == TRACE_MARK_BEGIN;
		end |= own && event->kind == TRACE_MARK_END;
	}
	return begin && end;
}

const char *case_trace_missing(const struct step_case *c)
{
	if (!c->traced)
		return "no-trace";
	if (c->step->trace_state.lost > 0 || !trace_is_bracketed(c->step))
		return "trace-incomplete";
	if (symbol_is_missing(c, "pci_dev_reset_iommu_prepare") ||
	    symbol_is_missing(c, "pci_dev_reset_iommu_done") ||
	    symbol_is_missing(c, "__iommu_attach_device"))
		return "trace-incomplete";
	return NULL;
}

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

static bool are_siblings(const struct subject *a, const struct subject *b)
{
	return a->group == b->group && !streq(a->function, b->function);
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
			result->overlapped |= are_siblings(subject, &c->step->subjects[j]) &&
					      cycles_overlap(trace, &c->traces[j]);
	}
	result->blocked = blocked;
}

static void explain_pass(struct step_case *c)
{
	struct step_result *result = c->result;
	const char *domain = c->step->subjects[0].domain_type;
	size_t size = sizeof(result->text);

	if (c->unaffected)
		snprintf(result->text, size,
			 "the reset worked; this kernel never blocks the IOMMU");
	else if (c->step->scenario == SCENARIO_SIBLINGS)
		snprintf(result->text, size,
			 "%zu functions reset at the same time, each blocked and back to %s",
			 c->step->subject_count, domain);
	else if (result->blocked)
		snprintf(result->text, size, "depth %u, blocked throughout, back to %s",
			 result->depth_max, domain);
	else
		snprintf(result->text, size, "the reset worked; the IOMMU is not involved");
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

int step_judge(const struct run_evidence *run, const struct step_evidence *step,
	       struct step_result *result)
{
	_cleanup_free_ struct klog_event *log = calloc(step->log_count + 1, sizeof(*log));
	struct step_case c = {.run = run, .step = step, .log = log, .result = result};

	if (step->skip_reason[0]) {
		judge_skip(step, result);
		return 0;
	}
	if (!log)
		return -ENOMEM;
	c.unaffected = facts_judge(&run->facts, NULL) == STATIC_NOT_AFFECTED;
	c.traced = step->trace_state.source >= TRACE_SOURCE_KPROBE;
	for (size_t i = 0; i < step->log_count; i++)
		log[i] = klog_classify(&step->log[i]);
	for (size_t i = 0; i < step->subject_count; i++)
		c.traces[i] = function_trace_read(step, step->subjects[i].function, step->method);
	measure(&c);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		int r = rules[i](&c);

		if (r < 0)
			return r;
	}
	conclude(&c);
	return 0;
}
