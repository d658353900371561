// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/cycle.h"

#include "base/attr.h"
#include "judge/cycle_walk.h"

static bool is_during(const struct trace_event *event, const struct step_write *write)
{
	return event->time_ns >= write->begin_ns && event->time_ns <= write->end_ns;
}

/* While a write runs; the tool's clock is that of the trace. */
static bool is_of_write(const struct step_evidence *step, const struct trace_event *event,
			const struct subject *subject)
{
	if (!subject || !subject->started)
		return true;
	for (size_t i = 0; i < step->write_count; i++)
		if (streq(step->writes[i].function, event->function) &&
		    is_during(event, &step->writes[i]))
			return true;
	return event->time_ns >= subject->begin_ns &&
	       (subject->hung || event->time_ns <= subject->end_ns);
}

/* What VFIO attaches to a group before and after its resets is no part of them. */
static bool is_of_vfio(const struct step_evidence *step, const struct trace_event *event)
{
	if (event->kind != TRACE_ATTACH && event->kind != TRACE_ATTACH_RETURN)
		return false;
	for (size_t i = 0; i < step->write_count; i++) {
		const struct step_write *write = &step->writes[i];

		if ((write->kind == WRITTEN_VFIO_ATTACH || write->kind == WRITTEN_VFIO_DETACH) &&
		    write->started && write->pid == event->pid && is_during(event, write))
			return true;
	}
	return false;
}

struct function_trace function_trace_read(const struct step_evidence *step, const char *function,
					  const char *method)
{
	const struct subject *subject = step_subject(step, function);
	struct cycle_walk walk = {.method = method, .step = step, .subject = subject};
	bool ended = false;

	for (size_t i = 0; i < step->trace_count; i++) {
		const struct trace_event *event = &step->trace[i];

		ended |= event->kind == TRACE_MARK_END;
		if (!streq(event->function, function) || is_of_vfio(step, event))
			continue;
		walk.trace.outside |= ended || !is_of_write(step, event, subject);
		cycle_walk_event(&walk, event);
	}
	return cycle_walk_end(&walk);
}

struct function_trace function_trace_within(const struct step_evidence *step,
					    const struct step_write *write, const char *method)
{
	struct cycle_walk walk = {.method = method,
				  .step = step,
				  .subject = step_subject(step, write->function),
				  .write = write};

	for (size_t i = 0; i < step->trace_count; i++)
		if (streq(step->trace[i].function, write->function) &&
		    is_during(&step->trace[i], write))
			cycle_walk_event(&walk, &step->trace[i]);
	return cycle_walk_end(&walk);
}

/* Whether it holds of a cycle of @a and one of @b. */
static bool any_pair(const struct function_trace *a, const struct function_trace *b,
		     bool (*holds)(const struct cycle *of_a, const struct cycle *of_b))
{
	for (unsigned int i = 0; i < a->cycle_count && i < CYCLES_MAX; i++)
		for (unsigned int j = 0; j < b->cycle_count && j < CYCLES_MAX; j++)
			if (holds(&a->cycles[i], &b->cycles[j]))
				return true;
	return false;
}

static bool both_blocked(const struct cycle *a, const struct cycle *b)
{
	return a->blocks && b->blocks && a->block_ns < b->end_ns && b->block_ns < a->end_ns;
}

bool cycles_overlap(const struct function_trace *a, const struct function_trace *b)
{
	return any_pair(a, b, both_blocked);
}

static bool only_other_blocked(const struct cycle *held, const struct cycle *other)
{
	return held->depth_max && !held->blocks && other->blocks &&
	       other->block_ns < held->end_ns && held->begin_ns < other->end_ns;
}

bool cycles_differ(const struct function_trace *a, const struct function_trace *b)
{
	return any_pair(a, b, only_other_blocked);
}
