// SPDX-License-Identifier: GPL-2.0-or-later
/* Which lines of the kernel log make one event. */
#include "judge/klog_match.h"

/* A slow console can hold up the lines of a trace, but not for longer than this. */
#define PAUSE_US_MAX 10000000
#define OPEN_MAX 16

/* An event that further lines may belong to. */
struct open {
	bool used, lead;
	bool ambiguous; /* several traces are open that may be of one writer */
	bool answered;	/* has named the entry of the queue that it is about */
	size_t head;
	enum klog_group group;
	const char *prefix;
	size_t prefix_length;
	size_t touched; /* record that came last */
};

struct grouping {
	const struct log_record *records;
	struct klog_event *events;
	struct open open[OPEN_MAX];
};

static bool same_caller(const struct log_record *a, const struct log_record *b)
{
	return !a->caller[0] || !b->caller[0] || streq(a->caller, b->caller);
}

static bool in_time(const struct log_record *a, const struct log_record *b)
{
	/* Two CPUs may have taken the time in another order than the log's. */
	return (a->time_us > b->time_us ? a->time_us - b->time_us : b->time_us - a->time_us) <=
	       PAUSE_US_MAX;
}

/* Whether the event is still open to what the writer of record @at says. */
static bool is_open(const struct grouping *g, const struct open *open, size_t at)
{
	return open->used && same_caller(&g->records[open->head], &g->records[at]) &&
	       in_time(&g->records[open->touched], &g->records[at]);
}

/* Printed for the same device, or about the same function. */
static bool same_scope(const struct grouping *g, const struct open *open,
		       const struct klog_line *line, const struct klog_event *event)
{
	const char *function = g->events[open->head].function;

	return (open->prefix_length == line->prefix_length &&
		memcmp(open->prefix, line->text, line->prefix_length) == 0) ||
	       (function[0] && streq(function, event->function));
}

/* The SMMU prints the words of an event and those of a command alike. */
static bool same_group(const struct open *open, const struct klog_row *row)
{
	if (open->answered && (row->where == WHERE_QUEUE_HEAD || row->where == WHERE_QUEUE_PRIOR))
		return false;
	return open->group == row->group ||
	       (open->group == GROUP_SMMU_ERROR && row->where == WHERE_WORD);
}

static struct open *find_open(struct grouping *g, const struct klog_line *line,
			      const struct klog_event *event, size_t at, bool lead)
{
	struct open *found = NULL;

	for (size_t i = 0; i < OPEN_MAX; i++) {
		struct open *open = &g->open[i];

		if (is_open(g, open, at) && open->lead == lead && same_group(open, line->row) &&
		    same_scope(g, open, line, event) && (!found || open->touched > found->touched))
			found = open;
	}
	return found;
}

static void open_event(struct grouping *g, const struct klog_line *line, size_t at, bool lead)
{
	struct open *slot = &g->open[0];

	for (size_t i = 0; i < OPEN_MAX && slot->used; i++)
		if (!g->open[i].used || g->open[i].touched < slot->touched)
			slot = &g->open[i];
	*slot = (struct open){
		.used = true,
		.lead = lead,
		.head = at,
		.group = line->row->group,
		.prefix = line->text,
		.prefix_length = line->prefix_length,
		.touched = at,
	};
}

static void attach(struct grouping *g, size_t at, size_t head)
{
	g->events[at] = (struct klog_event){
		.kind = KLOG_PART, .pid = KLOG_NO_PID, .head = head, .lines = 1};
	g->events[head].lines++;
}

/* What a part says better than the lines before it did. */
static void learn(struct klog_event *event, const struct klog_event *part,
		  const struct klog_row *row)
{
	bool better = !event->function[0] || (event->guessed && !part->guessed) ||
		      row->where == WHERE_QUEUE_PRIOR;

	/* The driver that knows no client of that number knows that it is none of ours. */
	if (row->where == WHERE_CLIENT || (part->function[0] && better)) {
		memcpy(event->function, part->function, sizeof(event->function));
		event->guessed = part->guessed;
	}
	if (part->kind == KLOG_AER && part->value > event->value)
		event->value = part->value;
}

static void join(struct grouping *g, struct open *open, const struct klog_line *line,
		 const struct klog_event *part, size_t at)
{
	struct klog_event *event = &g->events[open->head];
	/* The stream id is in the first of an event's words alone. */
	bool heard = line->row->where != WHERE_WORD ||
		     (open->group == GROUP_SMMU_EVENT && event->lines == 1);

	attach(g, at, open->head);
	open->touched = at;
	open->answered |= line->row->where == WHERE_QUEUE_PRIOR;
	if (heard)
		learn(event, part, line->row);
}

static bool has_trace(enum klog_group group)
{
	return group == GROUP_REPORT || group == GROUP_STALL;
}

/* A report without a last line is over when the same writer begins the next one. */
static void end_stalls(struct grouping *g, size_t at)
{
	for (size_t i = 0; i < OPEN_MAX; i++)
		if (g->open[i].group == GROUP_STALL && is_open(g, &g->open[i], at))
			g->open[i].used = false;
}

static void begin(struct grouping *g, const struct klog_line *line, size_t at)
{
	struct klog_event *event = &g->events[at];
	struct open *lead = find_open(g, line, event, at, true);

	if (lead) {
		lead->used = false;
		attach(g, lead->head, at);
	}
	if (has_trace(line->row->group))
		end_stalls(g, at);
	if (line->row->group != GROUP_NONE)
		open_event(g, line, at, false);
}

static void add_line(struct grouping *g, const struct klog_line *line, size_t at)
{
	struct klog_event event = klog_classify(&g->records[at]);
	struct open *open = NULL;

	event.head = at;
	/* A line that tells nothing of itself may still tell whom an event is about. */
	if (event.kind == KLOG_OTHER && line->row->role == ROLE_PART)
		klog_read_function(&g->records[at], line, &event);
	if (line->row->role == ROLE_PART)
		open = find_open(g, line, &event, at, false);
	/* Never one event inside another of a different kind. */
	if (open && (event.kind == KLOG_OTHER || event.kind == g->events[open->head].kind)) {
		join(g, open, line, &event, at);
		return;
	}
	if (event.kind == KLOG_OTHER && line->row->role == ROLE_PART)
		return;
	g->events[at] = event;
	if (line->row->role == ROLE_LEAD)
		open_event(g, line, at, true);
	else
		begin(g, line, at);
}

/*
 * A line of a trace names nobody. When several traces of unknown writers are open at once it stands
 * with the last one, and none is believed to know its functions.
 */
static void add_trace(struct grouping *g, size_t at)
{
	struct open *found = NULL;
	unsigned int candidates = 0;

	for (size_t i = 0; i < OPEN_MAX; i++) {
		struct open *open = &g->open[i];

		if (!has_trace(open->group) || open->lead || !is_open(g, open, at))
			continue;
		candidates++;
		if (!found || open->touched > found->touched)
			found = open;
	}
	if (!found)
		return;
	for (size_t i = 0; i < OPEN_MAX && candidates > 1; i++) {
		struct open *open = &g->open[i];

		if (has_trace(open->group) && !open->lead && is_open(g, open, at)) {
			open->ambiguous = true;
			g->events[open->head].frame[0] = '\0';
		}
	}
	attach(g, at, found->head);
	found->touched = at;
	if (!found->ambiguous)
		klog_read_trace(g->records[at].text, &g->events[found->head]);
	if (klog_ends_trace(g->records[at].text))
		found->used = false;
}

/* "T151": the process that wrote the record. */
static void know_caller(const struct log_record *record, struct klog_event *event)
{
	if ((event->kind == KLOG_WARNING || event->kind == KLOG_LOCKDEP ||
	     event->kind == KLOG_UBSAN) &&
	    event->pid == KLOG_NO_PID && record->caller[0] == 'T')
		event->pid = (int)strtol(record->caller + 1, NULL, 10);
}

/* Whoever asks for the lines of each event would go through all records for each. */
static void chain(struct klog_event *events, size_t count)
{
	for (size_t i = 0; i < count; i++)
		events[i].first = KLOG_NO_RECORD;
	for (size_t i = count; i-- > 0;) {
		struct klog_event *head = &events[events[i].head];

		events[i].next = head->first;
		head->first = i;
	}
}

void klog_read(const struct log_record *records, size_t count, struct klog_event *events)
{
	struct grouping g = {.records = records, .events = events};

	for (size_t i = 0; i < count; i++) {
		struct klog_line line;

		events[i] = (struct klog_event){.pid = KLOG_NO_PID, .head = i, .lines = 1};
		/* What users write neither begins an event nor goes on with one. */
		if (records[i].facility != 0)
			continue;
		line = klog_match(&records[i]);
		if (line.row)
			add_line(&g, &line, i);
		else if (klog_is_trace(records[i].text))
			add_trace(&g, i);
	}
	for (size_t i = 0; i < count; i++)
		know_caller(&records[i], &events[i]);
	chain(events, count);
}
