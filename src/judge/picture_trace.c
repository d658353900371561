// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/array.h"
#include "judge/picture_parts.h"
#include "model/blocking.h"

#define CALLS_MAX 64

/* A call of the kernel that has been entered and has not returned. */
struct call {
	const struct trace_event *entry;
	struct picture_lane *lane;
	size_t reset; /* index of its bar */
};

struct drawing {
	const struct step_evidence *step;
	struct picture *picture;
	uint64_t zero_ns;
	struct call calls[CALLS_MAX];
	size_t call_count;
};

static int64_t since(const struct drawing *drawing, uint64_t time_ns)
{
	return picture_ns(time_ns, drawing->zero_ns);
}

static bool is_return(enum trace_kind kind)
{
	return kind == TRACE_PREPARE_RETURN || kind == TRACE_ATTACH_RETURN ||
	       kind == TRACE_RESET_RETURN;
}

/* The lane of the function that the event names; a reset may be that of the bridge above it. */
static struct picture_lane *lane_of(const struct drawing *drawing, const struct trace_event *event)
{
	const struct step_evidence *step = drawing->step;

	for (size_t i = 0; i < step->subject_count; i++)
		if (streq(event->function, step->subjects[i].function))
			return &drawing->picture->lanes[i];
	for (size_t i = 0; event->kind == TRACE_RESET && i < step->subject_count; i++)
		if (event->pid == step->subjects[i].pid &&
		    streq(event->function, step->subjects[i].upstream))
			return &drawing->picture->lanes[i];
	return NULL;
}

/* The last call that its process has entered, if the event returns from that. */
static bool leave_call(struct drawing *drawing, const struct trace_event *event, struct call *call)
{
	size_t at = drawing->call_count;

	while (at > 0 && drawing->calls[at - 1].entry->pid != event->pid)
		at--;
	if (at == 0 || drawing->calls[at - 1].entry->kind + 1 != event->kind ||
	    !streq(drawing->calls[at - 1].entry->symbol, event->symbol))
		return false;
	*call = drawing->calls[at - 1];
	memmove(&drawing->calls[at - 1], &drawing->calls[at],
		(drawing->call_count - at) * sizeof(*call));
	drawing->call_count--;
	return true;
}

static unsigned int depth_now(const struct picture_lane *lane)
{
	return lane->level_count ? lane->levels[lane->level_count - 1].depth : 0;
}

static int add_level(struct picture_lane *lane, int64_t at_ns, unsigned int depth)
{
	struct picture_level *level = ARRAY_APPEND(lane->levels, lane->level_count);

	if (!level)
		return -ENOMEM;
	*level = (struct picture_level){.at_ns = at_ns, .depth = depth};
	if (depth > lane->depth_max)
		lane->depth_max = depth;
	return 0;
}

static int add_refusal(struct picture_lane *lane, int64_t at_ns, int error)
{
	struct picture_refusal *refusal = ARRAY_APPEND(lane->refusals, lane->refusal_count);

	if (!refusal)
		return -ENOMEM;
	*refusal = (struct picture_refusal){at_ns, depth_now(lane), error};
	if (refusal->depth + 1 > lane->depth_max)
		lane->depth_max = refusal->depth + 1;
	return 0;
}

static int add_attach(struct drawing *drawing, const struct trace_event *event, int type, int error)
{
	struct picture *picture = drawing->picture;
	struct picture_mark *mark = ARRAY_APPEND(picture->marks, picture->mark_count);

	if (!mark)
		return -ENOMEM;
	*mark = (struct picture_mark){.at_ns = since(drawing, event->time_ns),
				      .kind = PICTURE_ATTACH,
				      .function = event->function,
				      .type = type,
				      .error = error};
	return 0;
}

static int end_attach(struct drawing *drawing, const struct call *call,
		      const struct trace_event *event)
{
	struct picture_lane *lane = call->lane;
	struct picture_window *window =
		lane->window_count ? &lane->windows[lane->window_count - 1] : NULL;
	bool is_open = window && !window->span.ended;
	bool blocks = attach_blocks(drawing->step, (size_t)(call->entry - drawing->step->trace));

	if (event->value)
		return add_attach(drawing, call->entry, call->entry->value, -event->value);
	if (blocks && !is_open) {
		window = ARRAY_APPEND(lane->windows, lane->window_count);
		if (!window)
			return -ENOMEM;
		window->span.begin_ns = since(drawing, event->time_ns);
		window->restored = -1;
	} else if (!blocks && is_open) {
		window->span.end_ns = since(drawing, call->entry->time_ns);
		window->span.ended = true;
		window->restored = call->entry->value;
	}
	return 0;
}

static unsigned int count_open(const struct drawing *drawing, const struct picture_lane *lane)
{
	unsigned int open = 0;

	for (size_t i = 0; i < drawing->call_count; i++)
		open += drawing->calls[i].lane == lane &&
			drawing->calls[i].entry->kind == TRACE_RESET;
	return open < PICTURE_ROWS_MAX ? open : PICTURE_ROWS_MAX - 1;
}

static int enter_reset(struct drawing *drawing, struct call *call)
{
	struct picture_lane *lane = call->lane;
	struct picture_reset *reset = ARRAY_APPEND(lane->resets, lane->reset_count);

	if (!reset)
		return -ENOMEM;
	call->reset = lane->reset_count - 1;
	reset->span.begin_ns = since(drawing, call->entry->time_ns);
	reset->symbol = call->entry->symbol;
	reset->probe = call->entry->probe;
	reset->row = count_open(drawing, lane);
	if (reset->row >= lane->reset_rows)
		lane->reset_rows = reset->row + 1;
	return 0;
}

static int enter(struct drawing *drawing, const struct trace_event *event)
{
	struct call call = {.entry = event, .lane = lane_of(drawing, event)};
	int r = 0;

	if (!call.lane)
		return 0;
	if (drawing->call_count == CALLS_MAX) {
		drawing->picture->left_out++;
		return 0;
	}
	if (event->kind == TRACE_RESET)
		r = enter_reset(drawing, &call);
	if (r == 0)
		drawing->calls[drawing->call_count++] = call;
	return r;
}

static int leave(struct drawing *drawing, const struct trace_event *event)
{
	struct call call;
	int64_t entry_ns;

	if (!leave_call(drawing, event, &call))
		return 0;
	entry_ns = since(drawing, call.entry->time_ns);
	if (event->kind == TRACE_ATTACH_RETURN)
		return end_attach(drawing, &call, event);
	if (event->kind == TRACE_PREPARE_RETURN)
		return event->value ? add_refusal(call.lane, entry_ns, -event->value)
				    : add_level(call.lane, entry_ns, depth_now(call.lane) + 1);
	call.lane->resets[call.reset].span.end_ns = since(drawing, event->time_ns);
	call.lane->resets[call.reset].span.ended = true;
	call.lane->resets[call.reset].error = event->value < 0 ? -event->value : 0;
	return 0;
}

static int draw_event(struct drawing *drawing, const struct trace_event *event)
{
	struct picture_lane *lane;

	if (is_return(event->kind))
		return leave(drawing, event);
	if (event->kind == TRACE_PREPARE || event->kind == TRACE_ATTACH ||
	    event->kind == TRACE_RESET)
		return enter(drawing, event);
	lane = lane_of(drawing, event);
	if (event->kind == TRACE_DONE && lane && depth_now(lane))
		return add_level(lane, since(drawing, event->time_ns), depth_now(lane) - 1);
	/* Says the same as the attach itself where that was traced, only less. */
	if (event->kind == TRACE_ATTACHED && lane &&
	    drawing->step->trace_state.source == TRACE_SOURCE_TRACEPOINT)
		return add_attach(drawing, event, -1, 0);
	return 0;
}

int picture_add_trace(const struct step_evidence *step, uint64_t zero_ns, struct picture *picture)
{
	struct drawing drawing = {.step = step, .picture = picture, .zero_ns = zero_ns};
	size_t shown =
		step->trace_count < PICTURE_EVENTS_MAX ? step->trace_count : PICTURE_EVENTS_MAX;
	int r = 0;

	for (size_t i = 0; i < shown && r == 0; i++)
		r = draw_event(&drawing, &step->trace[i]);
	picture->left_out += step->trace_count - shown;
	for (size_t i = 0; i < drawing.call_count && r == 0; i++)
		if (drawing.calls[i].entry->kind == TRACE_PREPARE)
			r = add_refusal(drawing.calls[i].lane,
					since(&drawing, drawing.calls[i].entry->time_ns), 0);
	return r;
}
