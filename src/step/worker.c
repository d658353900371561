// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/detach.h"
#include "base/monotonic.h"
#include "base/strbuf.h"
#include "step/writer.h"

/* So often it is asked whether to stop waiting. */
#define ABANDON_POLL_MS 200

/* Tells a worker to leave it at the write that it is at. */
#define STOP_SIGNAL SIGUSR1

/* Small enough for one atomic write to a pipe. */
struct report {
	struct work_write writes[WORK_WRITES_MAX];
	unsigned int count;
};
_Static_assert(WORK_WRITES_MAX >= RESETS_MAX, "all resets of a step fit into a report");

/* One worker as its parent sees it; descriptors are -1 when closed. */
struct child {
	int target;  /* the opened sysfs file */
	int reports; /* read end of its pipe */
	bool answered;
};

static volatile sig_atomic_t stopped;

static void stop(int number)
{
	(void)number;
	stopped = 1;
}

static void write_all_times(int target, const struct work *work, struct report *report)
{
	int r;

	do {
		struct work_write *done = &report->writes[report->count++];

		done->begin_ns = monotonic_ns();
		r = writer_write(target, work->value);
		done->end_ns = monotonic_ns();
		done->error = -r;
	} while (r == 0 && !stopped && report->count < work->times && report->count < RESETS_MAX);
}

/*
 * The child: waits for its token, writes, reports. When the tool dies first the gate closes without
 * a token, and nothing is written. Signals meant for the tool are not its.
 */
static void __attribute__((noreturn))
child_main(int gate, int target, int reports, const struct work *work)
{
	static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};
	struct report report = {0};
	ssize_t got;
	char token;
	int r;

	for (size_t i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_IGN);
	signal(STOP_SIGNAL, stop);
	prctl(PR_SET_PDEATHSIG, STOP_SIGNAL);
	/* The reset may take minutes more than the tool waits. */
	process_detach();
	do
		got = read(gate, &token, 1);
	while (got < 0 && errno == EINTR);
	if (got != 1 || stopped)
		_exit(1);
	if (work->act)
		report.count = work->act(work->data, report.writes, &stopped);
	else
		write_all_times(target, work, &report);
	r = write(reports, &report, sizeof(report)) == sizeof(report) ? 0 : 1;
	_exit(r);
}

static int start_child(struct work *work, struct child *child, const int gate[2])
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	pid = fork();
	if (pid < 0) {
		int r = -errno;

		close(ends[0]);
		close(ends[1]);
		return r;
	}
	if (pid == 0) {
		/* Its own copy of the gate's write end would keep it waiting for ever. */
		close(gate[1]);
		child_main(gate[0], child->target, ends[1], work);
	}
	close(ends[1]);
	child->reports = ends[0];
	work->pid = pid;
	return 0;
}

/* Nothing is written after an error; an act may still have to leave. */
static int first_error(const struct report *report)
{
	for (unsigned int i = 0; i < report->count; i++)
		if (report->writes[i].error)
			return report->writes[i].error;
	return 0;
}

static uint64_t last_end(const struct report *report)
{
	uint64_t end_ns = 0;

	for (unsigned int i = 0; i < report->count; i++)
		if (report->writes[i].end_ns > end_ns)
			end_ns = report->writes[i].end_ns;
	return end_ns;
}

/* Takes the report of a worker that wrote one, or died without. */
static void take_report(struct work *work, struct child *child)
{
	struct report report;
	ssize_t got = read(child->reports, &report, sizeof(report));

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	child->answered = true;
	if (got != sizeof(report)) {
		work->error = ECHILD;
		work->end_ns = monotonic_ns();
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
				.fd = children[i].answered ? -1 : children[i].reports,
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

/* The functions of /proc/PID/stack, innermost first: "pci_dev_wait < pcie_flr < ...". */
static void read_stack(const struct root *root, int pid, struct strbuf *frames)
{
	_cleanup_free_ char *text = NULL;
	char path[64];
	char *line, *rest;

	snprintf(path, sizeof(path), "proc/%d/stack", pid);
	if (root_read(root, path, 1U << 16, &text, NULL) < 0)
		return;
	rest = text;
	while ((line = strsep(&rest, "\n")) != NULL) {
		const char *symbol = strchr(line, ' ');

		if (symbol)
			strbuf_printf(frames, "%s%.*s", frames->length_bytes ? " < " : "",
				      (int)strcspn(symbol + 1, "+"), symbol + 1);
	}
}

/* The letter of ps(1), '?' when it cannot be read. */
static int read_state(const struct root *root, int pid)
{
	char path[64], line[512];
	const char *after_comm;

	snprintf(path, sizeof(path), "proc/%d/stat", pid);
	if (root_read_line(root, path, line, sizeof(line)) < 0)
		return '?';
	after_comm = strrchr(line, ')');
	return after_comm && after_comm[1] == ' ' ? after_comm[2] : '?';
}

/* What /proc tells of a worker that does not answer. */
static void describe(const struct root *root, struct work *work)
{
	_cleanup_strbuf_ struct strbuf frames = {0};
	char path[64], wchan[64] = "";

	snprintf(path, sizeof(path), "proc/%d/wchan", work->pid);
	if (root_read_line(root, path, wchan, sizeof(wchan)) < 0 || !wchan[0])
		strcpy(wchan, "?");
	read_stack(root, work->pid, &frames);
	snprintf(work->where, sizeof(work->where), "process %d, state %c, wchan %s, stack %s",
		 work->pid, read_state(root, work->pid), wchan, frames.text ? frames.text : "?");
}

static void reap(const struct root *root, struct work *work, struct child *child)
{
	if (child->answered) {
		waitpid(work->pid, NULL, 0);
		return;
	}
	work->hung = true;
	work->end_ns = monotonic_ns();
	describe(root, work);
	/* It ends as soon as the kernel lets go of it; nobody here waits for that. */
	if (work->outlives)
		work->late_fd = TAKE_FD(child->reports);
	kill(work->pid, work->outlives ? STOP_SIGNAL : SIGKILL);
	waitpid(work->pid, NULL, WNOHANG);
}

static void close_all(struct child *children, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (children[i].target >= 0)
			close(children[i].target);
		if (children[i].reports >= 0)
			close(children[i].reports);
	}
}

static int open_all(const struct root *root, const struct work *works, struct child *children,
		    size_t count, size_t *failed)
{
	for (size_t i = 0; i < count; i++) {
		children[i] = (struct child){.target = -1, .reports = -1};
		if (works[i].act)
			continue;
		children[i].target = writer_open(root, works[i].path);
		if (children[i].target < 0) {
			*failed = i;
			return children[i].target;
		}
	}
	return 0;
}

/* Workers that were forked but never told to write: they must not. */
static void kill_started(const struct work *works, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		kill(works[i].pid, SIGKILL);
		waitpid(works[i].pid, NULL, 0);
	}
}

static int start_all(struct work *works, struct child *children, size_t count, const int gate[2],
		     size_t *failed)
{
	for (size_t i = 0; i < count; i++) {
		int r = start_child(&works[i], &children[i], gate);

		if (r < 0) {
			*failed = i;
			kill_started(works, i);
			return r;
		}
	}
	return 0;
}

/* One token for each worker, written at once. */
static int release(struct work *works, size_t count, int gate)
{
	static const char tokens[SUBJECTS_MAX];
	uint64_t start_ns = monotonic_ns();

	if (write(gate, tokens, count) != (ssize_t)count) {
		kill_started(works, count);
		return -EIO;
	}
	for (size_t i = 0; i < count; i++) {
		works[i].started = true;
		works[i].begin_ns = start_ns;
	}
	return 0;
}

int worker_run_beside(const struct root *root, struct work *works, size_t count,
		      unsigned int deadline_s, const struct patience *patience, size_t *failed,
		      beside_fn beside, void *data)
{
	struct child children[SUBJECTS_MAX];
	int gate[2], r;
	size_t at = 0;

	if (count == 0 || count > SUBJECTS_MAX)
		return -EINVAL;
	for (size_t i = 0; i < count; i++)
		works[i].late_fd = -1;
	for (size_t i = 0; i < SUBJECTS_MAX; i++)
		children[i] = (struct child){.target = -1, .reports = -1};
	if (pipe2(gate, O_CLOEXEC) < 0)
		return -errno;
	r = open_all(root, works, children, count, &at);
	if (r == 0)
		r = start_all(works, children, count, gate, &at);
	if (r == 0)
		r = release(works, count, gate[1]);
	close(gate[1]);
	close(gate[0]);
	if (r == 0 && beside)
		beside(data);
	if (r == 0) {
		bool abandoned =
			wait_for_reports(works, children, count,
					 works[0].begin_ns + deadline_s * 1000000000ULL, patience);

		for (size_t i = 0; i < count; i++) {
			reap(root, &works[i], &children[i]);
			works[i].abandoned = works[i].hung && abandoned;
		}
	} else if (failed) {
		*failed = at;
	}
	close_all(children, count);
	return r;
}

int worker_run(const struct root *root, struct work *works, size_t count, unsigned int deadline_s,
	       const struct patience *patience, size_t *failed)
{
	return worker_run_beside(root, works, count, deadline_s, patience, failed, NULL, NULL);
}

int worker_late(int late_fd, int *error, uint64_t *end_ns)
{
	struct report report;
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
