// SPDX-License-Identifier: GPL-2.0-or-later
/* The bug itself: pci_dev_reset_iommu_prepare() refuses a reset that is legitimate. */
#include <errno.h>

#include "base/errname.h"
#include "judge/case.h"

enum busy {
	BUSY_NONE,
	BUSY_NESTED,
	BUSY_SIBLING,
	BUSY_UNEXPLAINED,
	BUSY_UNWARNED,
	BUSY_ATTACH, /* from an IOMMU driver that could not attach the blocking domain */
};

static bool warned_in_prepare(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->log_count; i++)
		if (c->log[i].kind == KLOG_WARNING &&
		    (c->log[i].pid == KLOG_NO_PID || c->log[i].pid == subject->pid) &&
		    streq(c->log[i].symbol, "pci_dev_reset_iommu_prepare"))
			return true;
	return false;
}

/*
 * Warnings that the kernel counted and that the log does not show to be of something else. One of a
 * reset may be prepare's, under an earlier name or where a compiler has put it. Where structures
 * have the fix, one that nobody has seen is not taken for it.
 */
static bool warned_unseen(const struct step_case *c)
{
	uint64_t elsewhere = 0;

	for (size_t i = 0; i < c->step->log_count; i++)
		elsewhere += c->log[i].kind == KLOG_WARNING && c->log[i].symbol[0] &&
			     !klog_is_reset_symbol(c->log[i].symbol);
	return case_counter_delta(c, "warn_count") > elsewhere &&
	       facts_judge(&c->run->facts, NULL) != STATIC_FIXED;
}

/* What the trace says: a refusal while the function's own prepare held, or while another's did. */
static enum busy traced_busy(const struct step_case *c, size_t index)
{
	const struct function_trace *trace = &c->traces[index];

	for (unsigned int i = 0; i < trace->cycle_count && i < CYCLES_MAX; i++) {
		const struct cycle *cycle = &trace->cycles[i];

		if (cycle->error != -EBUSY)
			continue;
		if (cycle->block_failed)
			return BUSY_ATTACH;
		if (cycle->error_depth > 0)
			return BUSY_NESTED;
		return c->step->scenario == SCENARIO_SIBLINGS ? BUSY_SIBLING : BUSY_UNEXPLAINED;
	}
	return BUSY_NONE;
}

/*
 * An attach that failed within prepare may stand in a hole of the trace, and then the refusal is
 * the IOMMU driver's. The bug comes with a warning.
 */
static bool may_be_of_attach(const struct step_case *c, size_t index)
{
	return (case_trace_missing(c) || c->traces[index].torn) &&
	       !warned_in_prepare(c, &c->step->subjects[index]) && !warned_unseen(c);
}

/*
 * Without a trace: the log's own words, or EBUSY, together with the warning that the bug never
 * comes without. Which of the two bugs it was follows from what the step did.
 */
static enum busy untraced_busy(const struct step_case *c, const struct subject *subject)
{
	const struct method_info *info = method_info_find(c->step->method);
	bool refused = case_logged_refusal(c, subject);
	bool counted = warned_unseen(c);
	bool warned = warned_in_prepare(c, subject) ||
		      (counted &&
		       (refused || (!c->step->log_state.readable && !c->traced && !c->unaffected)));

	if (!warned)
		return refused ? BUSY_UNWARNED : BUSY_NONE;
	if (!refused && subject->write_errno != EBUSY)
		return BUSY_NONE;
	if (info && info->nests)
		return BUSY_NESTED;
	return c->step->scenario == SCENARIO_SIBLINGS ? BUSY_SIBLING : BUSY_UNEXPLAINED;
}

static int quote(const struct step_case *c, const struct subject *subject, struct finding *finding)
{
	int r = finding_add_evidence(finding, "%s: %s",
				     c->step->scenario == SCENARIO_VFIO ? "VFIO_DEVICE_RESET"
									: "write to reset",
				     errno_name(subject->write_errno));

	for (size_t i = 0; i < c->step->trace_count && r == 0; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if (event->value < 0 && streq(event->function, subject->function))
			r = finding_add_evidence(finding, "trace: %s(%s) returned %d",
						 event->symbol, event->function, event->value);
	}
	for (size_t i = 0; i < c->step->log_count && r == 0; i++) {
		const struct klog_event *event = &c->log[i];

		if ((event->kind == KLOG_PREPARE_FAILED &&
		     klog_names(event->function, subject->function)) ||
		    (event->kind == KLOG_WARNING &&
		     (event->pid == KLOG_NO_PID || event->pid == subject->pid)))
			r = case_quote_log(c, finding, i);
	}
	return r;
}

static int report(struct step_case *c, const struct subject *subject, enum busy busy)
{
	const char *function = subject->function, *method = c->step->method;
	struct finding *finding;

	if (busy == BUSY_UNEXPLAINED)
		finding = result_add_finding(c->result, "prepare-failed", function,
					     "%s of %s was refused with EBUSY although it does not "
					     "nest and no sibling was reset by this test",
					     method, function);
	else if (busy == BUSY_UNWARNED)
		finding = result_add_finding(c->result, "prepare-failed", function,
					     "%s of %s was refused with EBUSY, but without the "
					     "warning that the bug comes with",
					     method, function);
	else if (subject->write_errno == 0 && !subject->hung)
		finding = result_add_finding(c->result, "reset-silently-skipped", function,
					     "the kernel reported that %s of %s worked, but the "
					     "reset inside it was refused with EBUSY: the device "
					     "was not reset",
					     method, function);
	else if (busy == BUSY_SIBLING)
		finding = result_add_finding(c->result, "sibling-prepare-busy", function,
					     "%s of %s was refused with EBUSY while another "
					     "function of group %d was being reset",
					     method, function, subject->group);
	else
		finding = result_add_finding(c->result, "nested-prepare-busy", function,
					     "%s of %s was refused with EBUSY when it blocked the "
					     "IOMMU a second time: the device was not reset",
					     method, function);
	return finding ? quote(c, subject, finding) : -ENOMEM;
}

int rule_busy(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		enum busy busy;
		int r;

		if (subject->role != SUBJECT_RESET)
			continue;
		busy = traced_busy(c, i);
		if (busy == BUSY_NONE)
			busy = untraced_busy(c, subject);
		else if (busy != BUSY_ATTACH && may_be_of_attach(c, i))
			busy = BUSY_UNWARNED;
		if (busy == BUSY_NONE || busy == BUSY_ATTACH)
			continue;
		r = report(c, subject, busy);
		if (r < 0)
			return r;
	}
	return 0;
}
