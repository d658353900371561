/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel did during a step: probes on prepare, done, attach and the reset primitives, in
 * a trace instance of the tool's own (Documentation/trace/fprobetrace.rst, kprobetrace.rst).
 */
#ifndef OBSERVE_TRACE_H
#define OBSERVE_TRACE_H

#include <errno.h>
#include <stdbool.h>

#include "base/attr.h"
#include "model/evidence.h"
#include "model/facts.h"

#define TRACE_INSTANCE "iommu-resettest"
#define TRACE_GROUP "iommu_resettest"

/*
 * One at a time: instance and probes have fixed names, and what a dead run left is replaced. What
 * it does to the machine is to be recorded before trace_open() and undone by trace_close() or, in
 * another process, trace_recover().
 */
struct trace_observer;

#ifdef HAVE_TRACEFS

/* What trace_open() would leave if it died: false is nothing at all. *mounts: also a mount. */
bool trace_footprint(bool *mounts);

/*
 * Mounts tracefs if need be and if it @may_mount, creates the instance and the first form of probes
 * this kernel takes on what @methods come to: reset methods separated by blanks, NULL for whatever
 * there is. To arm one takes long. Where that is not possible the observer records nothing and its
 * state says why. Returns 0 or -ENOMEM. Writes to tracefs.
 */
int trace_open(const struct kernel_facts *facts, const char *methods, bool may_mount,
	       struct trace_observer **out) _must_check_;

/* What a step will be able to show; borrowed until trace_close(). */
const struct trace_state *trace_state(const struct trace_observer *observer);

/* Switches tracing on and marks the begin. Returns 0 or -ENOMEM. */
int trace_begin(struct trace_observer *observer, unsigned int step) _must_check_;

/*
 * Marks the end, switches off, and fills step->trace (by time) and step->trace_state. A trace that
 * stopped recording in between has no TRACE_MARK_END. Returns 0 or -ENOMEM.
 */
int trace_end(struct trace_observer *observer, struct step_evidence *step) _must_check_;

/*
 * Removes instance and probes, unmounts tracefs if trace_open() mounted it. NULL is nothing.
 * Returns 0, or -errno when something could not be taken away.
 */
int trace_close(struct trace_observer *observer);

/*
 * Takes away what a run that died left: instance and probes of the tool's names, no others, and
 * with @unmount the tracefs that it mounted or may have been about to mount. *found: there was
 * something. Returns 0; -ENOENT: tracefs is not mounted, so nothing can be looked for; -EBUSY:
 * somebody uses it; or -errno. Writes to tracefs.
 */
int trace_recover(bool unmount, bool *found) _must_check_;

#else

struct trace_observer {
	struct trace_state state;
};

static inline bool trace_footprint(bool *mounts)
{
	*mounts = false;
	return false;
}

static inline int trace_open(const struct kernel_facts *facts, const char *methods, bool may_mount,
			     struct trace_observer **out)
{
	(void)facts;
	(void)methods;
	(void)may_mount;
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

static inline int trace_close(struct trace_observer *observer)
{
	free(observer);
	return 0;
}

static inline int trace_recover(bool unmount, bool *found)
{
	(void)unmount;
	*found = false;
	return -ENOSYS;
}

#endif

static inline void trace_cleanup(struct trace_observer **observer)
{
	(void)trace_close(*observer);
}

#define _cleanup_trace_ _cleanup_(trace_cleanup)

#endif
