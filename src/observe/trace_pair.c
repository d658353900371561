// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace_pair.h"

#include <errno.h>

static int compare(const void *a, const void *b)
{
	const struct raw_event *x = a, *y = b;

	if (x->event.time_ns != y->event.time_ns)
		return x->event.time_ns < y->event.time_ns ? -1 : 1;
	if (x->event.cpu != y->event.cpu)
		return x->event.cpu < y->event.cpu ? -1 : 1;
	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return 0;
}

void raw_events_sort(struct raw_events *raw)
{
	if (raw->count > 1)
		qsort(raw->items, raw->count, sizeof(*raw->items), compare);
}

static bool is_mark(const struct trace_event *event)
{
	return event->kind == TRACE_MARK_BEGIN || event->kind == TRACE_MARK_END;
}

void raw_events_keep_step(struct raw_events *raw, unsigned int step)
{
	size_t begin = 0, kept = 0;

	for (size_t i = 0; i < raw->count; i++) {
		const struct trace_event *event = &raw->items[i].event;

		if (event->kind == TRACE_MARK_BEGIN && (unsigned int)event->value == step)
			begin = i;
	}
	for (size_t i = begin; i < raw->count; i++) {
		const struct trace_event *event = &raw->items[i].event;

		if (!is_mark(event) || (unsigned int)event->value == step)
			raw->items[kept++] = raw->items[i];
	}
	raw->count = kept;
}

/*
 * @open are the entries not yet returned, of all tasks, oldest first. Takes out the entry that
 * @event returns from, and those above it in its task, which can no longer return. Returns NULL,
 * with nothing taken out, when there is none.
 */
static struct raw_event *close_entry(struct raw_event **open, size_t *open_count,
				     const struct trace_event *event, uint64_t *lost)
{
	struct raw_event *entry = NULL;
	size_t at = *open_count, kept;

	while (at > 0 && !entry) {
		at--;
		if (open[at]->event.pid == event->pid &&
		    streq(open[at]->event.symbol, event->symbol))
			entry = open[at];
	}
	if (!entry)
		return NULL;
	kept = at;
	for (size_t i = at + 1; i < *open_count; i++) {
		if (open[i]->event.pid == event->pid)
			++*lost;
		else
			open[kept++] = open[i];
	}
	*open_count = kept;
	return entry;
}

int raw_events_pair(struct raw_events *raw, uint64_t *lost)
{
	_cleanup_free_ struct raw_event **open = calloc(raw->count + 1, sizeof(struct raw_event *));
	size_t open_count = 0;

	if (!open)
		return -ENOMEM;
	for (size_t i = 0; i < raw->count; i++) {
		struct raw_event *event = &raw->items[i], *entry;

		if (event->enters) {
			open[open_count++] = event;
		} else if (event->returns) {
			entry = close_entry(open, &open_count, &event->event, lost);
			if (!entry) {
				++*lost;
				continue;
			}
			memcpy(event->event.function, entry->event.function,
			       sizeof(event->event.function));
			event->event.probe = entry->event.probe;
			event->foreign = entry->foreign;
		}
	}
	return 0;
}
