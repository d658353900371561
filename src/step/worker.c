// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/worker.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/monotonic.h"
#include "step/worker_child.h"
#include "step/worker_start.h"
#include "step/worker_where.h"
#include "step/writer.h"

/* So often it is asked whether to stop waiting. */
#define ABANDON_POLL_MS 200

/* One piece of work on its way. */
struct child {
	int target;	       /* the opened sysfs file, -1 for an act */
	struct worker *worker; /* who does it */
	struct worker own;     /* .. when it is for this alone */
	bool answered, died;
};

/* Nothing is written after an error; an act may still have to leave. */
static int first_error(const struct worker_report *report)
{
	for (unsigned int i = 0; i < report->count; i++)
		if (report->writes[i].error)
			return report->writes[i].error;
	return 0;
}

static uint64_t last_end(const struct worker_report *report)
{
	uint64_t end_ns = 0;

	for (unsigned int i = 0; i < report->count; i++)
		if (report->writes[i].end_ns > end_ns)
			end_ns = report->writes[i].end_ns;
	return end_ns;
}

static void note_death(struct work *work, struct child *child)
{
	child->answered = child->died = true;
	work->error = ECHILD;
	work->end_ns = monotonic_ns();
}

/* Takes the report of a worker that wrote one, or died without. */
static void take_report(struct work *work, struct child *child)
{
	struct worker_report report;
	ssize_t got = read(child->worker->channel, &report, sizeof(report));

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	child->answered = true;
	if (got != sizeof(report)) {
		note_death(work, child);
		return;
	}
	memcpy(work->writes, report.writes, sizeof(work->writes));
	work->write_count = report.count;
	work->error = first_error(&report);
	work->begin_ns = report.writes[0].begin_ns;
	work->end_ns = last_end(&report);
}

static size_t waiting(const struct child *children, size_t count)
{
	size_t number = 0;

	for (size_t i = 0; i < count; i++)
		number += !children[i].answered;
	return number;
}

/* Asks now and then, however often it is called: *@next_ns is when to ask again. */
static bool is_over(const struct patience *patience, uint64_t now_ns, uint64_t *next_ns)
{
	if (!patience || !patience->over || now_ns < *next_ns)
		return false;
	*next_ns = now_ns + ABANDON_POLL_MS * 1000000ULL;
	return patience->over(patience->data);
}

/* Until the deadline, or until it is to be asked again. */
static int wait_ms(const struct patience *patience, uint64_t now_ns, uint64_t deadline_ns,
		   uint64_t next_ns)
{
	bool asks = patience && patience->over && next_ns < deadline_ns;

	return (int)(((asks ? next_ns : deadline_ns) - now_ns) / 1000000 + 1);
}

/* Returns whether it was left before the deadline. */
static bool wait_for_reports(struct work *works, struct child *children, size_t count,
			     uint64_t deadline_ns, const struct patience *patience)
{
	struct meanwhile *meanwhile = patience ? patience->meanwhile : NULL;
	uint64_t now = monotonic_ns(), next_ns = now;

	while (waiting(children, count) > 0 && now < deadline_ns) {
		struct pollfd polled[SUBJECTS_MAX];
		int ready;

		if (is_over(patience, now, &next_ns))
			return true;
		for (size_t i = 0; i < count; i++)
			polled[i] = (struct pollfd){
				.fd = children[i].answered ? -1 : children[i].worker->channel,
				.events = POLLIN,
			};
		ready = meanwhile_poll(meanwhile, polled, count,
				       wait_ms(patience, now, deadline_ns, next_ns));
		for (size_t i = 0; i < count && ready > 0; i++)
			if (polled[i].fd >= 0 && polled[i].revents)
				take_report(&works[i], &children[i]);
		now = monotonic_ns();
		/* A signal may be what the answer depends on. */
		if (ready < 0)
			next_ns = now;
	}
	return false;
}

/* It ends as soon as the kernel lets go of it; nobody here waits for that. */
static void give_up(const struct root *root, struct work *work, struct child *child)
{
	work->hung = true;
	work->end_ns = monotonic_ns();
	worker_where(root, work->pid, work->where, sizeof(work->where));
	if (work->outlives)
		work->late_fd = child->worker->channel;
	else
		close(child->worker->channel);
	kill(work->pid, work->outlives ? WORKER_STOP_SIGNAL : SIGKILL);
	waitpid(work->pid, NULL, WNOHANG);
	child->worker->pid = 0;
}

static void finish(const struct root *root, struct work *work, struct child *child)
{
	if (!child->answered)
		give_up(root, work, child);
	else if (child->died || child->worker == &child->own)
		worker_end(child->worker);
}

static void close_targets(const struct child *children, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (children[i].target >= 0)
			close(children[i].target);
}

static int open_all(const struct root *root, const struct work *works, struct child *children,
		    size_t count, size_t *failed)
{
	for (size_t i = 0; i < count; i++) {
		if (works[i].act)
			continue;
		*failed = i;
		if (strlen(works[i].value) >= WORK_VALUE_MAX)
			return -E2BIG;
		children[i].target = writer_open(root, works[i].path);
		if (children[i].target < 0)
			return children[i].target;
	}
	return 0;
}

static int start_all(struct work *works, struct child *children, size_t count, size_t *failed)
{
	for (size_t i = 0; i < count; i++) {
		struct child *child = &children[i];
		int r = 0;

		child->worker = works[i].by ? &works[i].by->list[i] : &child->own;
		if (!child->worker->pid)
			r = worker_start(&works[i], child->worker);
		if (r < 0) {
			*failed = i;
			return r;
		}
	}
	return 0;
}

/* A kept worker may have been killed since its last order, of which nobody was told. */
static int order(struct work *work, struct child *child)
{
	int r = worker_order(child->worker, work, child->target);

	if (r == 0 || child->worker == &child->own)
		return r;
	worker_end(child->worker);
	r = worker_start(work, child->worker);
	return r < 0 ? r : worker_order(child->worker, work, child->target);
}

static void release(struct work *works, struct child *children, size_t count)
{
	uint64_t start_ns = monotonic_ns();

	for (size_t i = 0; i < count; i++) {
		works[i].started = true;
		works[i].begin_ns = start_ns;
		if (order(&works[i], &children[i]) < 0)
			note_death(&works[i], &children[i]);
		works[i].pid = children[i].worker->pid;
	}
}

int worker_run_beside(const struct root *root, struct work *works, size_t count,
		      unsigned int deadline_s, const struct patience *patience, size_t *failed,
		      beside_fn beside, void *data)
{
	struct child children[SUBJECTS_MAX];
	size_t at = 0;
	int r;

	if (count == 0 || count > SUBJECTS_MAX)
		return -EINVAL;
	for (size_t i = 0; i < count; i++) {
		works[i].late_fd = -1;
		children[i] = (struct child){.target = -1};
	}
	/* Whoever is kept shall have none of the files open. */
	r = start_all(works, children, count, &at);
	if (r == 0)
		r = open_all(root, works, children, count, &at);
	if (r == 0) {
		bool abandoned;

		release(works, children, count);
		if (beside)
			beside(data);
		abandoned =
			wait_for_reports(works, children, count,
					 works[0].begin_ns + deadline_s * 1000000000ULL, patience);
		for (size_t i = 0; i < count; i++) {
			finish(root, &works[i], &children[i]);
			works[i].abandoned = works[i].hung && abandoned;
		}
	} else {
		for (size_t i = 0; i < count; i++)
			worker_end(&children[i].own);
		if (failed)
			*failed = at;
	}
	close_targets(children, count);
	return r;
}

int worker_run(const struct root *root, struct work *works, size_t count, unsigned int deadline_s,
	       const struct patience *patience, size_t *failed)
{
	return worker_run_beside(root, works, count, deadline_s, patience, failed, NULL, NULL);
}

int worker_late(int late_fd, int *error, uint64_t *end_ns)
{
	struct worker_report report;
	ssize_t got;

	do
		got = read(late_fd, &report, sizeof(report));
	while (got < 0 && errno == EINTR);
	if (got != sizeof(report) || report.count == 0 || report.count > WORK_WRITES_MAX)
		return -ECHILD;
	*error = first_error(&report);
	*end_ns = last_end(&report);
	return 0;
}
