// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/observers.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/strbuf.h"
#include "observe/counter.h"
#include "observe/kmsg.h"
#include "observe/perf.h"
#include "observe/trace.h"
#include "observe/uevent.h"

static int warn_of_gaps(const struct observers *observers, struct run_evidence *run)
{
	const struct trace_state *trace = trace_state(observers->trace);
	const struct log_state *log = kmsg_state(observers->kmsg);
	int r = 0;

	if (trace->source < TRACE_SOURCE_KPROBE)
		r = evidence_warn(run, "resets cannot be traced: %s", trace->why);
	if (r == 0 && !log->readable)
		r = evidence_warn(run, "the kernel log cannot be read: %s", log->why);
	if (r == 0 && uevent_note(observers->uevent)[0])
		r = evidence_warn(run, "hotplug events are not seen: %s",
				  uevent_note(observers->uevent));
	return r;
}

uint64_t observers_mount_namespace(const struct root *root)
{
	struct stat status;

	return fstatat(root->fd, "proc/self/ns/mnt", &status, 0) == 0 ? status.st_ino : 0;
}

/* The methods that the plan resets with, each as often as it stands there. Returns 0 or -errno. */
static int methods_of(const struct plan *plan, struct strbuf *methods)
{
	for (size_t i = 0; i < plan->step_count; i++)
		strbuf_printf(methods, "%s%s", i ? " " : "", plan->steps[i].method);
	return methods->error;
}

/* Other scenarios reset by whatever method there is, or see what it takes to probe one. */
static bool is_by_method(const struct plan *plan)
{
	for (size_t i = 0; i < plan->step_count; i++)
		if (plan->steps[i].scenario != SCENARIO_NESTED &&
		    plan->steps[i].scenario != SCENARIO_SINGLE &&
		    plan->steps[i].scenario != SCENARIO_SIBLINGS &&
		    plan->steps[i].scenario != SCENARIO_STORM &&
		    plan->steps[i].scenario != SCENARIO_VF)
			return false;
	return true;
}

static int open_trace(const struct plan *plan, const struct kernel_facts *facts,
		      struct observers *observers)
{
	_cleanup_strbuf_ struct strbuf methods = {0};
	struct change change = {.kind = CHANGE_TRACE};
	int r = methods_of(plan, &methods);

	if (r < 0)
		return r;

	if (trace_footprint(&change.mounts)) {
		change.mount_namespace_id = observers_mount_namespace(observers->root);
		r = journal_change(observers->journal, &change);
		observers->trace_change = change.id;
	}
	return r < 0 ? r
		     : trace_open(facts, is_by_method(plan) ? methods.text : NULL, change.mounts,
				  &observers->trace);
}

static int close_trace(struct observers *observers)
{
	int r = trace_close(observers->trace);

	if (r == 0 && observers->trace_change)
		journal_undone(observers->journal, observers->trace_change);
	return r;
}

int observers_open(const struct root *root, const struct plan *plan, struct run_evidence *run,
		   struct journal *journal, kmsg_interest interest, struct observers *observers)
{
	int r;

	observers->root = root;
	observers->journal = journal;
	r = kmsg_open(run->run_id, interest, &observers->kmsg);
	if (r == 0)
		r = open_trace(plan, &run->facts, observers);
	if (r == 0)
		r = uevent_open(&observers->uevent);
	if (r == 0 && root->live)
		r = perf_open(root, perf_open_event, &observers->perf);
	if (r == 0)
		r = warn_of_gaps(observers, run);
	if (r < 0)
		(void)observers_close(observers);
	return r;
}

/* "nested cxl_bus 0000:0d:00.0", for those who read the kernel log. */
static int describe(const struct step_evidence *step, char **out)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	/* Each word stands for something, so an empty one would be taken for the next. */
	strbuf_printf(&text, "%s %s", scenario_names[step->scenario],
		      step->method[0] ? step->method : "-");
	for (size_t i = 0; i < step->subject_count; i++)
		strbuf_printf(&text, " %s", step->subjects[i].function);
	return strbuf_take(&text, out);
}

int observers_begin(struct observers *observers, struct step_evidence *step)
{
	_cleanup_free_ char *what = NULL;
	int r = describe(step, &what);

	observers->step = step;
	if (r == 0)
		r = counters_read(observers->root, observers->perf, step, false);
	if (r == 0)
		r = uevent_begin(observers->uevent);
	if (r == 0)
		r = kmsg_begin(observers->kmsg, step->number, what);
	if (r == 0)
		r = trace_begin(observers->trace, step->number);
	return r;
}

static bool take_log(void *data)
{
	struct observers *observers = data;

	return kmsg_take(observers->kmsg, observers->step);
}

struct meanwhile observers_meanwhile(struct observers *observers)
{
	return (struct meanwhile){
		.fd = kmsg_fd(observers->kmsg), .read = take_log, .data = observers};
}

int observers_end(struct observers *observers, struct step_evidence *step)
{
	/* Every one is ended, or it would stay between its markers. */
	int trace = trace_end(observers->trace, step);
	int kmsg = kmsg_end(observers->kmsg, step);
	int uevent = uevent_end(observers->uevent, step);
	int counters = counters_read(observers->root, observers->perf, step, true);

	return trace < 0 ? trace : kmsg < 0 ? kmsg : uevent < 0 ? uevent : counters;
}

int observers_close(struct observers *observers)
{
	int r = close_trace(observers);

	kmsg_close(observers->kmsg);
	uevent_close(observers->uevent);
	perf_close(observers->perf);
	*observers = (struct observers){0};
	return r;
}
