// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Invariant 9: writing to reset_method changes the list and nothing else. What the kernel refuses
 * in between (pci_init_reset_methods(), reset_method_store()) it takes for a method that is not
 * there, so a refusal shows in the list.
 */
#include <errno.h>

#include "base/errname.h"
#include "judge/scenario.h"

static bool has_all(const char *text, const char *names)
{
	struct method_list list, wanted;

	if (method_list_parse(text, &list) < 0 || method_list_parse(names, &wanted) < 0)
		return false;
	for (unsigned int i = 0; i < wanted.count; i++)
		if (!method_list_has(&list, wanted.names[i]))
			return false;
	return true;
}

/* Whether the list is what was written; the defaults may be more than an admin left of them. */
static bool took_effect(const struct subject *subject, const struct step_write *write)
{
	if (write->error)
		return false;
	if (streq(write->value, METHODS_DEFAULT))
		return has_all(write->after, subject->methods_before);
	return has_all(write->after, write->value) && has_all(write->value, write->after);
}

static bool was_told(const struct step_write *write)
{
	return write->started && !write->hung && write->error != ECHILD;
}

/* An IOMMU driver that could not attach the blocking domain is another matter. */
static bool traced_refusal(const struct step_case *c, const struct step_write *write)
{
	struct function_trace trace = function_trace_within(c->step, write, c->step->method);

	for (unsigned int i = 0; i < trace.cycle_count && i < CYCLES_MAX; i++)
		if (trace.cycles[i].error == -EBUSY && !trace.cycles[i].block_failed)
			return true;
	return false;
}

/*
 * The bug never comes without. Of a warning that the log has lost only the counter knows: that is
 * asked where the trace does not tell, and the structures must have the bug.
 */
static bool has_warned(const struct step_case *c, bool holes)
{
	for (size_t i = 0; i < c->step->log_count; i++)
		if (c->log[i].kind == KLOG_WARNING &&
		    streq(c->log[i].symbol, "pci_dev_reset_iommu_prepare"))
			return true;
	return holes && case_warned_unseen(c) && case_structures_have_bug(c);
}

/* Whether a sibling was being reset by this step meanwhile. */
static bool beside_reset(const struct step_case *c, const struct step_write *write)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *other = &c->step->subjects[i];

		if (other->role == SUBJECT_RESET && other->started &&
		    other->begin_ns < write->end_ns && write->begin_ns < other->end_ns)
			return true;
	}
	return false;
}

static int quote(const struct step_case *c, const struct subject *subject, struct finding *finding)
{
	int r = 0;

	for (size_t i = 0; i < c->step->write_count && r == 0; i++) {
		const struct step_write *write = &c->step->writes[i];

		if (streq(write->function, subject->function))
			r = finding_add_evidence(
				finding, "echo '%s' > reset_method%s: %s; then it held \"%s\"",
				write->value, beside_reset(c, write) ? " (a sibling resets)" : "",
				errno_name(write->error), write->after);
	}
	for (size_t i = 0; i < c->step->log_count && r == 0; i++)
		if ((c->log[i].kind == KLOG_PREPARE_FAILED &&
		     klog_names(c->log[i].function, subject->function)) ||
		    (c->log[i].kind == KLOG_WARNING && c->log[i].pid != KLOG_NO_PID &&
		     case_has_pid(c, c->log[i].pid)))
			r = case_quote_log(c, finding, i);
	return r;
}

static struct finding *report(struct step_case *c, const struct subject *subject, bool refused,
			      bool beside)
{
	const char *function = subject->function;

	if (refused && beside)
		return result_add_finding(c->result, "probe-refused-busy", function,
					  "writing names to reset_method of %s was refused with "
					  "EBUSY inside the kernel while another function of "
					  "group %d was being reset",
					  function, subject->group);
	if (refused)
		return result_add_finding(c->result, "prepare-failed", function,
					  "writing names to reset_method of %s was refused with "
					  "EBUSY inside the kernel, but not as the bug does it: no "
					  "sibling was reset meanwhile, or the kernel did not warn",
					  function);
	return result_add_finding(c->result, "probe-list-changed", function,
				  "reset_method of %s did not hold what was written to it",
				  function);
}

static int check_subject(struct step_case *c, const struct subject *subject)
{
	bool logged = case_logged_refusal(c, subject), beside = false, changed = false;
	bool holes = case_trace_missing(c) || c->traces[subject - c->step->subjects].torn;
	bool warned = has_warned(c, holes), traced = false, refused;
	struct finding *finding;

	for (size_t i = 0; i < c->step->write_count; i++) {
		const struct step_write *write = &c->step->writes[i];

		if (!streq(write->function, subject->function) || !was_told(write))
			continue;
		traced |= traced_refusal(c, write);
		beside |= beside_reset(c, write);
		changed |= !took_effect(subject, write);
	}
	if (!traced && !logged && !changed)
		return 0;
	/* Without the warning it is one only for want of a better reason. */
	refused = traced || (logged && (warned || !changed));
	/* A failed attach may stand in a hole of the trace. */
	finding = report(c, subject, refused, beside && (warned || (traced && !holes)));
	return finding ? quote(c, subject, finding) : -ENOMEM;
}

int rule_probe(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		int r = 0;

		if (c->step->subjects[i].role == SUBJECT_PROBED)
			r = check_subject(c, &c->step->subjects[i]);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Whether the kernel looks at the bus, and so has to block the IOMMU. */
static bool probes_bus(const struct subject *subject, const struct step_write *write)
{
	const char *names =
		streq(write->value, METHODS_DEFAULT) ? subject->methods_before : write->value;

	return has_all(names, "bus");
}

/* Nothing but probes belongs into these writes. */
static bool resets_really(const struct step_case *c, const struct step_write *write)
{
	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if ((event->kind == TRACE_RESET || event->kind == TRACE_RESET_RETURN) &&
		    !event->probe && streq(event->function, write->function))
			return true;
	}
	return false;
}

/* Blocked once where that is due, and back to the domain that it had. */
static const char *cycle_missing(const struct step_case *c, const struct subject *subject,
				 const struct step_write *write)
{
	struct function_trace trace = function_trace_within(c->step, write, c->step->method);
	int initial = domain_type_of(subject->domain_type);

	if (trace.torn || trace.cycle_count > CYCLES_MAX || trace.stray_dones ||
	    resets_really(c, write))
		return "trace-incomplete";
	if (trace.cycle_count == 0)
		return probes_bus(subject, write) ? "gate-closed" : NULL;
	for (unsigned int i = 0; i < trace.cycle_count; i++) {
		const struct cycle *cycle = &trace.cycles[i];

		if (!cycle->closed || cycle->blocks != 1 || cycle->restores != 1)
			return "gate-closed";
		if (initial < 0 || cycle->restore_type != initial)
			return "domain-unknown";
	}
	return NULL;
}

static bool was_written(const struct step_case *c, const struct subject *subject, const char *value)
{
	for (size_t i = 0; i < c->step->write_count; i++)
		if (streq(c->step->writes[i].function, subject->function) &&
		    streq(c->step->writes[i].value, value))
			return true;
	return false;
}

/* "default", each name, and the list itself. */
static bool all_were_written(const struct step_case *c, const struct subject *subject)
{
	struct method_list methods;

	if (method_list_parse(subject->methods_before, &methods) < 0 ||
	    !was_written(c, subject, METHODS_DEFAULT) || !was_written(c, subject, methods.text))
		return false;
	for (unsigned int i = 0; i < methods.count; i++)
		if (!was_written(c, subject, methods.names[i]))
			return false;
	return true;
}

/* What happened within a write is known by its times. */
static bool one_after_the_other(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->write_count; i++) {
		const struct step_write *write = &c->step->writes[i];

		if (write->end_ns < write->begin_ns ||
		    (i > 0 && write->begin_ns < write[-1].end_ns))
			return false;
	}
	return true;
}

/* Nothing else makes the kernel block the function. */
static bool all_is_of_writes(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];
		bool within = !streq(event->function, subject->function);

		for (size_t j = 0; j < c->step->write_count && !within; j++)
			within = streq(c->step->writes[j].function, subject->function) &&
				 event->time_ns >= c->step->writes[j].begin_ns &&
				 event->time_ns <= c->step->writes[j].end_ns;
		if (!within)
			return false;
	}
	return true;
}

static const char *probed_missing(const struct step_case *c, const struct subject *subject)
{
	const char *missing = c->unaffected ? NULL : case_trace_missing(c);

	if (!all_were_written(c, subject))
		return "interrupted";
	if (!missing &&
	    (!one_after_the_other(c) || (!c->unaffected && !all_is_of_writes(c, subject))))
		missing = "trace-incomplete";
	for (size_t i = 0; i < c->step->write_count && !missing; i++) {
		const struct step_write *write = &c->step->writes[i];

		if (!streq(write->function, subject->function))
			continue;
		if (!was_told(write))
			return "interrupted";
		if (!c->unaffected)
			missing = cycle_missing(c, subject, write);
	}
	return missing;
}

const char *probe_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];

	return subject->role == SUBJECT_PROBED ? probed_missing(c, subject)
					       : proof_blocked_reset(c, index);
}

/* Where a sibling was reset, a probe and the reset must have had the IOMMU blocked together. */
const char *probe_together_missing(const struct step_case *c)
{
	return c->step->subject_count < 2 || c->result->overlapped ? NULL : "no-overlap";
}

void probe_explain(struct step_case *c)
{
	snprintf(c->result->text, sizeof(c->result->text),
		 "%zu writes to reset_method%s, each took effect; blocked for each probe, back to "
		 "%s",
		 c->step->write_count,
		 c->step->subject_count > 1 ? " while a sibling was reset" : "",
		 c->step->subjects[0].domain_type);
}
