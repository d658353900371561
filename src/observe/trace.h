/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel did during a step: probes on prepare, done, attach and the reset primitives, in
 * a trace instance of the tool's own (Documentation/trace/fprobetrace.rst, kprobetrace.rst).
 */
#ifndef OBSERVE_TRACE_H
#define OBSERVE_TRACE_H

#include <errno.h>

#include "base/attr.h"
#include "model/evidence.h"
#include "model/facts.h"

#define TRACE_INSTANCE "iommu-resettest"
#define TRACE_GROUP "iommu_resettest"

/* One at a time: instance and probes have fixed names, and what a dead run left is replaced. */
struct trace_observer;

#ifdef HAVE_TRACEFS

/*
 * Mounts tracefs if need be, creates the instance and the strongest probes this kernel takes. Where
 * that is not possible the observer records nothing and its state says why. Returns 0 or -ENOMEM.
 * Writes to tracefs.
 */
int trace_open(const struct kernel_facts *facts, struct trace_observer **out) _must_check_;

/* What a step will be able to show; borrowed until trace_close(). */
const struct trace_state *trace_state(const struct trace_observer *observer);

/* Switches tracing on and marks the begin. Returns 0 or -ENOMEM. */
int trace_begin(struct trace_observer *observer, unsigned int step) _must_check_;

/*
 * Marks the end, switches off, and fills step->trace (by time) and step->trace_state. A trace that
 * stopped recording in between has no TRACE_MARK_END. Returns 0 or -ENOMEM.
 */
int trace_end(struct trace_observer *observer, struct step_evidence *step) _must_check_;

/* Removes instance and probes, unmounts tracefs if trace_open() mounted it. NULL is nothing. */
void trace_close(struct trace_observer *observer);

#else

struct trace_observer {
	struct trace_state state;
};

static inline int trace_open(const struct kernel_facts *facts, struct trace_observer **out)
{
	(void)facts;
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return -ENOMEM;
	strcpy((*out)->state.why, "built without tracing (configured --without-tracefs)");
	return 0;
}

static inline const struct trace_state *trace_state(const struct trace_observer *observer)
{
	return &observer->state;
}

static inline int trace_begin(struct trace_observer *observer, unsigned int step)
{
	(void)observer;
	(void)step;
	return 0;
}

static inline int trace_end(struct trace_observer *observer, struct step_evidence *step)
{
	step->trace_state = observer->state;
	return 0;
}

static inline void trace_close(struct trace_observer *observer)
{
	free(observer);
}

#endif

static inline void trace_cleanup(struct trace_observer **observer)
{
	trace_close(*observer);
}

#define _cleanup_trace_ _cleanup_(trace_cleanup)

#endif
