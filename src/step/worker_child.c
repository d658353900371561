// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/worker_child.h"

#include <errno.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/detach.h"
#include "base/monotonic.h"
#include "step/writer.h"

static volatile sig_atomic_t stopped;

static void stop(int number)
{
	(void)number;
	stopped = 1;
}

static void write_all_times(int target, const struct work *work, struct worker_report *report)
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

void worker_child(int gate, int target, int reports, const struct work *work)
{
	static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};
	struct worker_report report = {0};
	ssize_t got;
	char token;
	int r;

	for (size_t i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_IGN);
	signal(WORKER_STOP_SIGNAL, stop);
	prctl(PR_SET_PDEATHSIG, WORKER_STOP_SIGNAL);
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
