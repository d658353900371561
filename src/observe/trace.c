// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace.h"

#include <errno.h>
#include <tracefs.h>

#include "observe/trace_decode.h"
#include "observe/trace_mount.h"
#include "observe/trace_pair.h"
#include "observe/trace_read.h"
#include "observe/trace_setup.h"

struct trace_observer {
	struct tracefs_instance *instance; /* NULL: nothing is recorded */
	struct trace_reader *reader;
	bool reachable;		    /* tracefs is there */
	bool mounted;		    /* by us */
	struct trace_state state;   /* what holds for every step */
	struct trace_state current; /* of the step being observed */
	uint64_t dropped; /* by the end of the last step: between them nothing is recorded */
};

static void fail(struct trace_state *state, const char *what, int error)
{
	state->source = TRACE_SOURCE_NONE;
	snprintf(state->why, sizeof(state->why), "%s: %s", what, strerror(-error));
}

static void take_down(struct trace_observer *observer)
{
	if (!observer->instance)
		return;
	trace_instance_remove(observer->instance);
	observer->instance = NULL;
	trace_probes_remove();
}

static void set_up(struct trace_observer *observer, const struct kernel_facts *facts,
		   const char *methods, bool may_mount)
{
	const char *what;
	int r = trace_mount(may_mount, &observer->mounted);

	if (r < 0) {
		fail(&observer->state, "tracefs at " TRACE_MOUNT_POINT, r);
		return;
	}
	observer->reachable = true;
	r = trace_instance_make(&observer->instance, &what);
	if (r < 0) {
		fail(&observer->state, what, r);
		return;
	}
	trace_probes_make(observer->instance, facts, methods, &observer->state);
	r = trace_reader_open(observer->instance, &observer->reader);
	if (r < 0)
		fail(&observer->state, "event formats", r);
	else
		observer->dropped = trace_dropped(observer->reader, observer->instance);
	if (observer->state.source == TRACE_SOURCE_NONE)
		take_down(observer);
}

/* Both libraries print to stderr on their own. */
static void hush(void)
{
	tep_set_loglevel(TEP_LOG_NONE);
	tracefs_set_loglevel(TEP_LOG_NONE);
}

bool trace_footprint(bool *mounts)
{
	*mounts = trace_mount_missing();
	return true;
}

int trace_open(const struct kernel_facts *facts, const char *methods, bool may_mount,
	       struct trace_observer **out)
{
	struct trace_observer *observer = calloc(1, sizeof(*observer));

	if (!observer)
		return -ENOMEM;
	hush();
	set_up(observer, facts, methods, may_mount);
	observer->current = observer->state;
	*out = observer;
	return 0;
}

const struct trace_state *trace_state(const struct trace_observer *observer)
{
	return &observer->state;
}

static int mark(struct trace_observer *observer, const char *text, unsigned int step)
{
	char line[64];

	snprintf(line, sizeof(line), "%s%u\n", text, step);
	errno = EIO;
	return tracefs_instance_file_write(observer->instance, "trace_marker", line) < 0 ? -errno
											 : 0;
}

int trace_begin(struct trace_observer *observer, unsigned int step)
{
	int r;

	observer->current = observer->state;
	if (!observer->instance)
		return 0;
	/* trace_end() left the buffers empty; to clear them here would wait for a grace period. */
	errno = EIO;
	if (tracefs_trace_on(observer->instance) < 0) {
		fail(&observer->current, "tracing_on", -errno);
		return 0;
	}
	r = mark(observer, TRACE_MARK_BEGIN_TEXT, step);
	if (r < 0)
		fail(&observer->current, "trace_marker", r);
	return 0;
}

static int store(struct step_evidence *step, const struct raw_events *raw)
{
	for (size_t i = 0; i < raw->count; i++) {
		struct trace_event *event;

		if (raw->items[i].foreign)
			continue;
		event = step_add_trace(step);
		if (!event)
			return -ENOMEM;
		*event = raw->items[i].event;
	}
	return 0;
}

static int collect(struct trace_observer *observer, struct step_evidence *step)
{
	struct raw_events raw = {0};
	uint64_t dropped;
	int r = trace_reader_read(observer->reader, observer->instance, &raw,
				  &observer->current.lost);

	if (r < 0 && r != -ENOMEM) {
		fail(&observer->current, "trace_pipe_raw", r);
		r = 0;
	}
	dropped = trace_dropped(observer->reader, observer->instance);
	observer->current.lost += dropped - observer->dropped;
	observer->dropped = dropped;
	raw_events_sort(&raw);
	raw_events_keep_step(&raw, step->number);
	if (r == 0)
		r = raw_events_pair(&raw, &observer->current.lost);
	if (r == 0)
		r = store(step, &raw);
	free(raw.items);
	return r;
}

int trace_end(struct trace_observer *observer, struct step_evidence *step)
{
	int r = 0;

	if (observer->instance) {
		/* When this fails there is no end mark, and the judge sees that. */
		(void)mark(observer, TRACE_MARK_END_TEXT, step->number);
		(void)tracefs_trace_off(observer->instance);
		if (observer->current.source != TRACE_SOURCE_NONE)
			r = collect(observer, step);
	}
	step->trace_state = observer->current;
	return r;
}

int trace_close(struct trace_observer *observer)
{
	int r = 0;

	if (!observer)
		return 0;
	trace_reader_close(observer->reader);
	take_down(observer);
	if (observer->reachable && trace_leftovers())
		r = -EBUSY;
	if (observer->mounted && r == 0)
		r = trace_unmount();
	tracefs_set_tracing_dir(NULL);
	free(observer);
	return r;
}

int trace_recover(bool unmount, bool *found)
{
	bool mounted;
	int r;

	hush();
	*found = false;
	r = trace_mount(unmount, &mounted);
	if (r == 0)
		r = trace_leftovers_remove(found);
	else if (unmount)
		/* Whoever cannot mount it now could not then. */
		r = 0;
	if (r == 0 && unmount) {
		*found |= !mounted && !trace_mount_missing();
		r = trace_unmount();
	}
	tracefs_set_tracing_dir(NULL);
	return r;
}
