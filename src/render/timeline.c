// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/timeline.h"

#include <inttypes.h>

#include "base/errname.h"
#include "base/escape.h"
#include "model/blocking.h"
#include "model/domain.h"

#define LINES_MAX 60

struct timeline {
	struct strbuf *out;
	const struct step_evidence *step;
	uint64_t zero_ns;
	bool all;
	unsigned int lines;
	unsigned int depth[SUBJECTS_MAX]; /* prepares that hold, by subject */
};

/* The subject an event belongs to by name, by the bridge above, or by its worker; -1: none. */
static int subject_index(const struct step_evidence *step, const struct trace_event *event)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		if (event->function[0] ? streq(event->function, subject->function)
				       : event->pid == subject->pid)
			return (int)i;
	}
	for (size_t i = 0; i < step->subject_count; i++)
		if (event->function[0] && event->pid == step->subjects[i].pid &&
		    streq(event->function, step->subjects[i].upstream))
			return (int)i;
	return -1;
}

/* The return that belongs to the call at @index; NULL when it was not seen. */
static const struct trace_event *find_return(const struct step_evidence *step, size_t index,
					     enum trace_kind kind)
{
	const struct trace_event *call = &step->trace[index];
	unsigned int inner = 0;

	for (size_t i = index + 1; i < step->trace_count; i++) {
		const struct trace_event *event = &step->trace[i];

		if (event->pid != call->pid)
			continue;
		if (call->kind == TRACE_RESET && !streq(event->symbol, call->symbol))
			continue;
		if (event->kind == call->kind)
			inner++;
		else if (event->kind == kind && inner-- == 0)
			return event;
	}
	return NULL;
}

static void put(struct timeline *timeline, const struct trace_event *event, const char *text)
{
	int64_t offset_ns = (int64_t)(event->time_ns - timeline->zero_ns);

	if (timeline->lines++ >= LINES_MAX && !timeline->all)
		return;
	strbuf_printf(timeline->out, "      %+11.3f  ", (double)offset_ns / 1e6);
	if (timeline->step->subject_count > 1 || timeline->all) {
		escape_printable(timeline->out, event->function);
		strbuf_puts(timeline->out, "  ");
	}
	escape_printable(timeline->out, text);
	strbuf_puts(timeline->out, "\n");
}

static void put_prepare(struct timeline *timeline, size_t index, int subject)
{
	const struct trace_event *call = &timeline->step->trace[index];
	const struct trace_event *end = find_return(timeline->step, index, TRACE_PREPARE_RETURN);
	char text[80];

	if (!end)
		snprintf(text, sizeof(text), "prepare, its return was not seen");
	else if (end->value)
		snprintf(text, sizeof(text), "prepare refused: %s", errno_name(-end->value));
	else
		snprintf(text, sizeof(text), "prepare (depth %u)",
			 subject < 0 ? 1 : ++timeline->depth[subject]);
	put(timeline, call, text);
}

static void put_done(struct timeline *timeline, const struct trace_event *event, int subject)
{
	char text[80] = "done";

	if (subject >= 0 && timeline->depth[subject])
		snprintf(text, sizeof(text), "done (depth %u)", --timeline->depth[subject]);
	put(timeline, event, text);
}

/* Whether a write beside the resets did it, in which nothing is restored. */
static bool is_of_attach(const struct step_evidence *step, const struct trace_event *event)
{
	for (size_t i = 0; i < step->write_count; i++)
		if ((step->writes[i].kind == WRITTEN_ATTACH ||
		     step->writes[i].kind == WRITTEN_ATTACH_AFTER ||
		     step->writes[i].kind == WRITTEN_VFIO_ATTACH ||
		     step->writes[i].kind == WRITTEN_VFIO_DETACH) &&
		    step->writes[i].pid == event->pid &&
		    event->time_ns >= step->writes[i].begin_ns &&
		    event->time_ns <= step->writes[i].end_ns)
			return true;
	return false;
}

static void put_pasid(struct timeline *timeline, const struct trace_event *event, const char *what)
{
	char text[48];

	snprintf(text, sizeof(text), "PASID %d %s", event->value, what);
	put(timeline, event, text);
}

static void put_attach(struct timeline *timeline, size_t index)
{
	const struct trace_event *call = &timeline->step->trace[index];
	const struct trace_event *end = find_return(timeline->step, index, TRACE_ATTACH_RETURN);
	char text[96], what[48];

	if (attach_blocks(timeline->step, index))
		snprintf(what, sizeof(what), "IOMMU blocked%s",
			 call->value == DOMAIN_BLOCKED ? "" : " by an empty domain");
	else
		snprintf(what, sizeof(what), "IOMMU %s: %s (%d)",
			 is_of_attach(timeline->step, call) ? "attached" : "restored",
			 domain_type_name(call->value), call->value);
	if (end && end->value)
		snprintf(text, sizeof(text), "%s: failed with %s", what, errno_name(-end->value));
	else
		snprintf(text, sizeof(text), "%s", what);
	put(timeline, call, text);
}

static void put_reset(struct timeline *timeline, size_t index)
{
	const struct trace_event *call = &timeline->step->trace[index];
	const struct trace_event *end = find_return(timeline->step, index, TRACE_RESET_RETURN);
	const char *probe = call->probe ? " (probe)" : "";
	char text[SYMBOL_MAX + 64];

	if (!end)
		snprintf(text, sizeof(text), "%s()%s", call->symbol, probe);
	else if (end->value)
		snprintf(text, sizeof(text), "%s()%s fails with %s", call->symbol, probe,
			 errno_name(-end->value));
	else
		snprintf(text, sizeof(text), "%s()%s works, takes %.3f ms", call->symbol, probe,
			 (double)(end->time_ns - call->time_ns) / 1e6);
	put(timeline, call, text);
}

static bool says_something(const struct timeline *timeline, const struct trace_event *event)
{
	switch (event->kind) {
	case TRACE_PREPARE:
	case TRACE_DONE:
	case TRACE_ATTACH:
	case TRACE_RESET:
	case TRACE_PASID_BLOCK:
	case TRACE_PASID_RESTORE:
		return true;
	case TRACE_ATTACHED:
		/* Says the same as the attach itself, only less. */
		return timeline->all ||
		       timeline->step->trace_state.source == TRACE_SOURCE_TRACEPOINT;
	default:
		return false;
	}
}

static void put_event(struct timeline *timeline, size_t index)
{
	const struct trace_event *event = &timeline->step->trace[index];
	int subject = subject_index(timeline->step, event);

	if (!timeline->all && (subject < 0 || event->probe))
		return;
	/* To find a return all that follows may have to be looked at. */
	if (!timeline->all && timeline->lines >= LINES_MAX) {
		timeline->lines += says_something(timeline, event);
		return;
	}
	if (!says_something(timeline, event))
		return;
	switch (event->kind) {
	case TRACE_PREPARE:
		put_prepare(timeline, index, subject);
		break;
	case TRACE_DONE:
		put_done(timeline, event, subject);
		break;
	case TRACE_ATTACH:
		put_attach(timeline, index);
		break;
	case TRACE_RESET:
		put_reset(timeline, index);
		break;
	case TRACE_ATTACHED:
		put(timeline, event, "attached to a domain");
		break;
	case TRACE_PASID_BLOCK:
		put_pasid(timeline, event, "blocked");
		break;
	case TRACE_PASID_RESTORE:
		put_pasid(timeline, event, "restored");
		break;
	default:
		break;
	}
}

static uint64_t first_write_ns(const struct step_evidence *step)
{
	uint64_t first_ns = 0;

	for (size_t i = 0; i < step->subject_count; i++) {
		uint64_t begin_ns = step->subjects[i].begin_ns;

		if (begin_ns && (!first_ns || begin_ns < first_ns))
			first_ns = begin_ns;
	}
	return first_ns ? first_ns : step->trace_count ? step->trace[0].time_ns : 0;
}

void timeline_write(struct strbuf *out, const struct step_evidence *step, bool all)
{
	struct timeline timeline = {
		.out = out, .step = step, .zero_ns = first_write_ns(step), .all = all};

	for (size_t i = 0; i < step->trace_count; i++)
		put_event(&timeline, i);
	if (timeline.lines > LINES_MAX && !all)
		strbuf_printf(out, "      ... %u more events (-v shows them)\n",
			      timeline.lines - LINES_MAX);
}
