// SPDX-License-Identifier: GPL-2.0-or-later
/* The bug itself: pci_dev_reset_iommu_prepare() refuses a reset that is legitimate. */
#include <errno.h>
#include <inttypes.h>

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

static bool trace_has_holes(const struct step_case *c, size_t index)
{
	return case_trace_missing(c) || c->traces[index].torn;
}

/* Which of the two bugs a refusal was follows from what the step did. */
static enum busy busy_by_method(const struct step_case *c)
{
	const struct method_info *info = method_info_find(c->step->method);

	if (info && info->nests)
		return BUSY_NESTED;
	return c->step->scenario == SCENARIO_SIBLINGS ? BUSY_SIBLING : BUSY_UNEXPLAINED;
}

/*
 * A refusal in a trace with holes. An attach that failed within prepare may stand in one, and then
 * it was the IOMMU driver's: the bug comes with a warning. So may what shows that a prepare held.
 */
static enum busy torn_busy(const struct step_case *c, const struct subject *subject, enum busy busy)
{
	if (!warned_in_prepare(c, subject) && !case_warned_unseen(c))
		return BUSY_UNWARNED;
	if (busy == BUSY_UNEXPLAINED && case_structures_have_bug(c))
		return busy_by_method(c);
	return busy;
}

/*
 * Whether the error and the counter of warnings are all that may tell. Where there is some of the
 * trace or of the log, the structures must say so, too.
 */
static bool nobody_tells(const struct step_case *c, size_t index)
{
	const struct log_state *log = &c->step->log_state;

	if (!log->readable && !c->traced)
		return !c->unaffected;
	return (!log->readable || log->lost > 0) && trace_has_holes(c, index) &&
	       case_structures_have_bug(c);
}

/* A trace with holes may still have the answer of the reset itself, which the write hides. */
static bool reset_returned_busy(const struct step_case *c, size_t index)
{
	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if ((event->kind == TRACE_PREPARE_RETURN || event->kind == TRACE_RESET_RETURN) &&
		    !event->probe && event->value == -EBUSY &&
		    streq(event->function, c->step->subjects[index].function))
			return trace_has_holes(c, index) && case_structures_have_bug(c);
	}
	return false;
}

/*
 * Without a trace: the log's own words, or EBUSY, together with the warning that the bug never
 * comes without.
 */
static enum busy untraced_busy(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	bool refused = case_logged_refusal(c, subject);
	bool warned = warned_in_prepare(c, subject) ||
		      (case_warned_unseen(c) && (refused || nobody_tells(c, index)));

	if (!warned)
		return refused ? BUSY_UNWARNED : BUSY_NONE;
	if (!refused && subject->write_errno != EBUSY && !reset_returned_busy(c, index))
		return BUSY_NONE;
	return busy_by_method(c);
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
	if (r == 0 && !warned_in_prepare(c, subject) && case_warned_unseen(c))
		r = finding_add_evidence(finding, "counter: warn_count +%" PRIu64,
					 case_counter_delta(c, "warn_count"));
	return r;
}

static int report(struct step_case *c, const struct subject *subject, enum busy busy)
{
	const char *function = subject->function, *method = c->step->method;
	struct finding *finding;

	if (busy == BUSY_UNEXPLAINED)
		finding = result_add_finding(c->result, "prepare-failed", function,
					     "%s of %s was refused with EBUSY although no other "
					     "reset of this test is known to have been under way "
					     "in its group",
					     method, function);
	else if (busy == BUSY_UNWARNED)
		finding = result_add_finding(c->result, "prepare-failed", function,
					     "%s of %s was refused with EBUSY, but nothing shows "
					     "the warning that the bug comes with",
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
			busy = untraced_busy(c, i);
		else if (busy != BUSY_ATTACH && trace_has_holes(c, i))
			busy = torn_busy(c, subject, busy);
		if (busy == BUSY_NONE || busy == BUSY_ATTACH)
			continue;
		r = report(c, subject, busy);
		if (r < 0)
			return r;
	}
	return 0;
}
