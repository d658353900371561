// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>

#include "base/array.h"
#include "base/attr.h"
#include "judge/klog.h"
#include "judge/picture_parts.h"

/* How much of the picture's width the log may be off: one part in so many. */
#define PART_OFF 4

struct bounds {
	int64_t low_ns, high_ns;
};

static void at_least(struct bounds *bounds, int64_t low_ns)
{
	if (low_ns > bounds->low_ns)
		bounds->low_ns = low_ns;
}

static void at_most(struct bounds *bounds, int64_t high_ns)
{
	if (high_ns < bounds->high_ns)
		bounds->high_ns = high_ns;
}

static uint64_t log_ns(const struct log_record *record)
{
	return record->time_us * 1000;
}

static bool is_whole(const struct bounds *bounds)
{
	return bounds->low_ns != INT64_MIN && bounds->high_ns != INT64_MAX &&
	       bounds->low_ns <= bounds->high_ns;
}

/* All records of a step lie between its markers, which the trace has as well. */
static void bound_by_markers(const struct step_evidence *step, struct bounds *bounds)
{
	for (size_t i = 0; i < step->trace_count; i++) {
		uint64_t time_ns = step->trace[i].time_ns;

		if (step->trace[i].kind == TRACE_MARK_BEGIN)
			at_least(bounds, picture_ns(time_ns, log_ns(&step->log[0])));
		else if (step->trace[i].kind == TRACE_MARK_END)
			at_most(bounds,
				picture_ns(time_ns, log_ns(&step->log[step->log_count - 1])));
	}
}

static const struct trace_event *first_refusal(const struct step_evidence *step,
					       const struct trace_event **entry)
{
	for (size_t i = 0; i < step->trace_count; i++) {
		if (step->trace[i].kind == TRACE_PREPARE)
			*entry = &step->trace[i];
		if (step->trace[i].kind == TRACE_PREPARE_RETURN && step->trace[i].value < 0 &&
		    *entry && (*entry)->pid == step->trace[i].pid)
			return &step->trace[i];
	}
	return NULL;
}

/* The first prepare that is refused prints a warning of many lines from its inside. */
static void bound_by_warning(const struct step_evidence *step, const struct klog_event *events,
			     struct bounds *bounds)
{
	const struct trace_event *entry = NULL;
	const struct trace_event *refusal = first_refusal(step, &entry);
	struct bounds narrower = *bounds;
	size_t head = 0;

	if (!refusal)
		return;
	while (head < step->log_count &&
	       (events[head].kind != KLOG_WARNING ||
		!streq(events[head].symbol, "pci_dev_reset_iommu_prepare") ||
		(events[head].pid != KLOG_NO_PID && events[head].pid != entry->pid)))
		head++;
	for (size_t i = 0; i < step->log_count; i++) {
		if (i != head && (events[i].kind != KLOG_PART || events[i].head != head))
			continue;
		at_least(&narrower, picture_ns(entry->time_ns, log_ns(&step->log[i])));
		at_most(&narrower, picture_ns(refusal->time_ns, log_ns(&step->log[i])));
	}
	if (is_whole(&narrower))
		*bounds = narrower;
}

static bool find_offset(const struct step_evidence *step, const struct klog_event *events,
			struct bounds *bounds)
{
	const struct log_state *state = &step->log_state;

	*bounds = (struct bounds){INT64_MIN, INT64_MAX};
	if (state->begin_ns) {
		bounds->low_ns = picture_ns(state->begin_ns, state->begin_us * 1000);
		bounds->high_ns = bounds->low_ns;
		return true;
	}
	if (step->log_count == 0)
		return false;
	bound_by_markers(step, bounds);
	if (is_whole(bounds))
		bound_by_warning(step, events, bounds);
	return is_whole(bounds);
}

static enum picture_mark_kind mark_kind(enum klog_kind kind)
{
	switch (kind) {
	case KLOG_IOMMU_FAULT:
	case KLOG_ATS_TIMEOUT:
	case KLOG_AER:
	case KLOG_DPC:
	case KLOG_HARDWARE_ERROR:
		return PICTURE_FAULT;
	case KLOG_WARNING:
	case KLOG_OOPS:
	case KLOG_LOCKDEP:
	case KLOG_UBSAN:
	case KLOG_HUNG_TASK:
		return PICTURE_WARNING;
	default:
		return PICTURE_LOG;
	}
}

/* What is bad is shown in its place, where that is not too far off; the rest is at the edge. */
static void make_room(struct picture *picture)
{
	int64_t room_ns = (picture->end_ns - picture->begin_ns) / 2;
	int64_t begin_ns = picture->begin_ns, end_ns = picture->end_ns;

	for (size_t i = 0; i < picture->mark_count; i++) {
		const struct picture_mark *mark = &picture->marks[i];

		if (mark->kind != PICTURE_WARNING && mark->kind != PICTURE_FAULT)
			continue;
		if (mark->at_ns < begin_ns && mark->at_ns >= picture->begin_ns - room_ns)
			begin_ns = mark->at_ns;
		if (mark->at_ns > end_ns && mark->at_ns <= picture->end_ns + room_ns)
			end_ns = mark->at_ns;
	}
	picture->begin_ns = begin_ns;
	picture->end_ns = end_ns;
	for (size_t i = 0; i < picture->mark_count; i++)
		picture->beyond +=
			picture->marks[i].at_ns < begin_ns || picture->marks[i].at_ns > end_ns;
}

/* What users wrote is no mark, and the lines of one event are one. */
static bool is_mark(const struct step_evidence *step, const struct klog_event *events, size_t index)
{
	return step->log[index].facility == 0 && events[index].kind != KLOG_PART;
}

static size_t count_lines(const struct step_evidence *step, const struct klog_event *events)
{
	size_t count = 0;

	for (size_t i = 0; i < step->log_count; i++)
		count += is_mark(step, events, i);
	return count;
}

static int add_marks(const struct step_evidence *step, const struct klog_event *events,
		     uint64_t log_zero_ns, struct picture *picture)
{
	for (size_t i = 0; i < step->log_count; i++) {
		const struct log_record *record = &step->log[i];
		struct picture_mark *mark;

		if (!is_mark(step, events, i))
			continue;
		if (picture->mark_count >= PICTURE_MARKS_MAX) {
			picture->left_out++;
			continue;
		}
		mark = ARRAY_APPEND(picture->marks, picture->mark_count);
		if (!mark)
			return -ENOMEM;
		mark->kind = mark_kind(events[i].kind);
		mark->text = record->text;
		mark->function = "";
		mark->at_ns = picture_ns(log_ns(record), log_zero_ns);
	}
	return 0;
}

int picture_add_log(const struct step_evidence *step, uint64_t zero_ns, struct picture *picture)
{
	_cleanup_free_ struct klog_event *events = calloc(step->log_count + 1, sizeof(*events));
	struct bounds bounds;
	uint64_t offset_ns;
	int r;

	if (!events)
		return -ENOMEM;
	klog_read(step->log, step->log_count, events);
	picture->log_tied = step->log_state.begin_ns != 0;
	picture->log_lines = count_lines(step, events);
	if (!find_offset(step, events, &bounds))
		return 0;
	picture->log_off_by_ns = ((uint64_t)bounds.high_ns - (uint64_t)bounds.low_ns) / 2;
	/* Marks that may belong anywhere show nothing. */
	picture->log_placed =
		picture->log_tied ||
		picture->log_off_by_ns <
			((uint64_t)picture->end_ns - (uint64_t)picture->begin_ns) / PART_OFF;
	if (!picture->log_placed)
		return 0;
	offset_ns = (uint64_t)bounds.low_ns + picture->log_off_by_ns;
	r = add_marks(step, events, zero_ns - offset_ns, picture);
	make_room(picture);
	return r;
}
