// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/picture.h"

#include "judge/picture_parts.h"

static void earliest(uint64_t *first_ns, uint64_t time_ns)
{
	if (time_ns && (!*first_ns || time_ns < *first_ns))
		*first_ns = time_ns;
}

static uint64_t zero_of(const struct step_evidence *step)
{
	uint64_t first_ns = 0;

	for (size_t i = 0; i < step->subject_count; i++)
		earliest(&first_ns, step->subjects[i].begin_ns);
	for (size_t i = 0; i < step->write_count && !first_ns; i++)
		earliest(&first_ns, step->writes[i].begin_ns);
	return first_ns ? first_ns : step->trace_count ? step->trace[0].time_ns : 0;
}

static void stretch(struct picture *picture, int64_t at_ns)
{
	if (at_ns < picture->begin_ns)
		picture->begin_ns = at_ns;
	if (at_ns > picture->end_ns)
		picture->end_ns = at_ns;
}

static void stretch_span(struct picture *picture, const struct picture_span *span)
{
	stretch(picture, span->begin_ns);
	if (span->ended)
		stretch(picture, span->end_ns);
}

static void measure_lane(struct picture *picture, const struct picture_lane *lane)
{
	for (size_t i = 0; i < lane->level_count; i++)
		stretch(picture, lane->levels[i].at_ns);
	for (size_t i = 0; i < lane->window_count; i++)
		stretch_span(picture, &lane->windows[i].span);
	for (size_t i = 0; i < lane->reset_count; i++)
		stretch_span(picture, &lane->resets[i].span);
	for (size_t i = 0; i < lane->write_count; i++)
		stretch_span(picture, &lane->writes[i].span);
	for (size_t i = 0; i < lane->refusal_count; i++)
		stretch(picture, lane->refusals[i].at_ns);
}

static void close_at(struct picture_span *span, int64_t end_ns)
{
	if (!span->ended)
		span->end_ns = end_ns;
}

/* The axis holds all that was traced and written; the log is put into it. */
static void measure(struct picture *picture)
{
	for (size_t i = 0; i < picture->lane_count; i++)
		measure_lane(picture, &picture->lanes[i]);
	for (size_t i = 0; i < picture->mark_count; i++)
		stretch(picture, picture->marks[i].at_ns);
	for (size_t i = 0; i < picture->lane_count; i++) {
		struct picture_lane *lane = &picture->lanes[i];

		for (size_t j = 0; j < lane->window_count; j++)
			close_at(&lane->windows[j].span, picture->end_ns);
		for (size_t j = 0; j < lane->reset_count; j++)
			close_at(&lane->resets[j].span, picture->end_ns);
		for (size_t j = 0; j < lane->write_count; j++)
			close_at(&lane->writes[j].span, picture->end_ns);
	}
}

int picture_make(const struct step_evidence *step, struct picture *picture)
{
	uint64_t zero_ns = zero_of(step);
	int r;

	picture->lane_count = step->subject_count;
	picture->traced = step->trace_state.source >= TRACE_SOURCE_KPROBE;
	for (size_t i = 0; i < step->subject_count; i++)
		picture->lanes[i].function = step->subjects[i].function;
	r = picture_add_writes(step, zero_ns, picture);
	if (r == 0)
		r = picture_add_trace(step, zero_ns, picture);
	if (r < 0)
		return r;
	measure(picture);
	return picture_add_log(step, zero_ns, picture);
}
