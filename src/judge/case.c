// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/case.h"

#include <errno.h>
#include <inttypes.h>

#include "model/blocking.h"
#include "model/counter.h"

/* A trace of more lines than this is told by its head alone. */
#define QUOTED_MAX 8

static const struct subject *subject_named(const struct step_case *c, const char *printed)
{
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (case_names(c, printed, c->step->subjects[i].function))
			return &c->step->subjects[i];
	return NULL;
}

const struct subject *case_subject_concerned(const struct step_case *c, const char *printed)
{
	const struct subject *subject = subject_named(c, printed);

	for (size_t i = case_find_vfs(c, printed); !subject && case_vf_is(c, i, printed); i++)
		if (case_names(c, printed, c->vfs[i]->function))
			subject = step_subject(c->step, c->vfs[i]->physfn);
	return subject;
}

bool case_has_slug(const struct step_case *c, const char *slug)
{
	for (size_t i = c->result->finding_count; i-- > 0;)
		if (streq(c->result->findings[i].slug->name, slug))
			return true;
	return false;
}

bool case_logged_refusal(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->log_count; i++)
		if (c->log[i].kind == KLOG_PREPARE_FAILED && c->log[i].value == -EBUSY &&
		    klog_names(c->log[i].function, subject->function))
			return true;
	return false;
}

bool case_warned_unseen(const struct step_case *c)
{
	uint64_t elsewhere = 0;

	for (size_t i = 0; i < c->step->log_count; i++)
		elsewhere += c->log[i].kind == KLOG_WARNING && c->log[i].symbol[0] &&
			     !klog_is_reset_symbol(c->log[i].symbol);
	return case_counter_delta(c, "warn_count") > elsewhere &&
	       facts_judge(&c->run->facts, NULL) != STATIC_FIXED;
}

bool case_structures_have_bug(const struct step_case *c)
{
	return c->run->facts.resetting_domain == TRI_YES &&
	       facts_judge(&c->run->facts, NULL) == STATIC_VULNERABLE;
}

struct finding *case_finding(const struct step_case *c, const char *slug, const char *function)
{
	/* It is asked for again and again: the last ones are the likely ones. */
	for (size_t i = c->result->finding_count; i-- > 0;)
		if (streq(c->result->findings[i].slug->name, slug) &&
		    streq(c->result->findings[i].function, function))
			return &c->result->findings[i];
	return NULL;
}

uint64_t case_counter_delta(const struct step_case *c, const char *name)
{
	for (size_t i = 0; i < c->step->counter_count; i++)
		if (streq(c->step->counters[i].name, name))
			return counter_delta(&c->step->counters[i]);
	return 0;
}

int case_quote_log(const struct step_case *c, struct finding *finding, size_t index)
{
	const struct log_record *record = &c->step->log[index];

	return finding_add_evidence(finding, "log: [%" PRIu64 ".%06" PRIu64 "] %s",
				    record->time_us / 1000000, record->time_us % 1000000,
				    record->text);
}

int case_quote_event(const struct step_case *c, struct finding *finding, size_t index)
{
	int r = 0;

	if (c->log[index].lines > QUOTED_MAX)
		return case_quote_log(c, finding, index);
	for (size_t i = c->log[index].first; i != KLOG_NO_RECORD && r == 0; i = c->log[i].next)
		r = case_quote_log(c, finding, i);
	return r;
}

static bool has_symbol(const char *list, const char *symbol)
{
	size_t length = strlen(symbol);

	for (const char *at = strstr(list, symbol); at; at = strstr(at + 1, symbol))
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

bool case_symbol_missing(const struct step_case *c, const char *symbol)
{
	return has_symbol(c->step->trace_state.missing, symbol) ||
	       has_symbol(c->step->trace_state.unarmed, symbol);
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
	if (case_symbol_missing(c, "pci_dev_reset_iommu_prepare") ||
	    case_symbol_missing(c, "pci_dev_reset_iommu_done") ||
	    case_symbol_missing(c, "__iommu_attach_device"))
		return "trace-incomplete";
	return NULL;
}

/* The write that was meant to come while the function is blocked, and worked. */
static const struct step_write *early_attach(const struct step_case *c,
					     const struct subject *subject)
{
	for (size_t i = 0; i < c->step->write_count; i++) {
		const struct step_write *write = &c->step->writes[i];

		if (write->kind == WRITTEN_ATTACH && write->started && write->error == 0 &&
		    streq(write->function, subject->function))
			return write;
	}
	return NULL;
}

/* What the call attached that returns at @index of the trace; NULL: it is not there, or it blocks.
 */
static const struct trace_event *attached_by(const struct step_evidence *step, size_t index)
{
	const struct trace_event *ret = &step->trace[index];

	while (index-- > 0)
		if (step->trace[index].kind == TRACE_ATTACH && step->trace[index].pid == ret->pid &&
		    streq(step->trace[index].function, ret->function))
			return attach_blocks(step, index) ? NULL : &step->trace[index];
	return NULL;
}

/* Of the processes that the tool has started; case_has_pid() has whoever stands in the trace. */
static bool is_worker(const struct step_evidence *step, int pid)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (step->subjects[i].pid == pid)
			return true;
	for (size_t i = 0; i < step->write_count; i++)
		if (step->writes[i].pid == pid)
			return true;
	return false;
}

int case_domain_before(const struct step_case *c, const struct subject *subject,
		       const struct cycle *cycle)
{
	const struct step_write *write = early_attach(c, subject);
	int type = case_initial_domain(c, subject);

	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i], *entry;

		if (event->time_ns >= cycle->block_ns)
			break;
		if (event->kind != TRACE_ATTACH_RETURN || event->value != 0 ||
		    !streq(event->function, subject->function))
			continue;
		entry = attached_by(c->step, i);
		if (!entry)
			continue;
		if (write && event->pid == write->pid) {
			if (entry->value == domain_type_of(write->value))
				type = entry->value;
		} else if (!is_worker(c->step, event->pid) && entry->value != type) {
			type = -1;
		}
	}
	return type;
}
