// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/worker_child.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/socket.h>
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

static void meet_signals(void)
{
	static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};

	for (size_t i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_IGN);
	signal(WORKER_STOP_SIGNAL, stop);
}

/* From here on the tool's death comes as that signal. Returns whether it is still alive. */
static bool meet_death(pid_t tool, int number)
{
	prctl(PR_SET_PDEATHSIG, number);
	return getppid() == tool;
}

/* Returns whether there was an order; *target is -1 when no file came with it. */
static bool take_order(int channel, struct worker_order *order, int *target)
{
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = {.iov_base = order, .iov_len = sizeof(*order)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};
	const struct cmsghdr *header;
	ssize_t got;

	*target = -1;
	do
		got = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR && !stopped);
	if (got != sizeof(*order))
		return false;
	header = CMSG_FIRSTHDR(&message);
	if (header && header->cmsg_type == SCM_RIGHTS)
		memcpy(target, CMSG_DATA(header), sizeof(*target));
	return true;
}

static void write_all_times(int target, const struct worker_order *order,
			    struct worker_report *report)
{
	int r;

	do {
		struct work_write *done = &report->writes[report->count++];

		done->begin_ns = monotonic_ns();
		r = writer_write(target, order->value);
		done->end_ns = monotonic_ns();
		done->error = -r;
	} while (r == 0 && !stopped && report->count < order->times && report->count < RESETS_MAX);
}

static void carry_out(const struct worker_order *order, int target, const struct work *act,
		      struct worker_report *report)
{
	if (act)
		report->count = act->act(act->data, report->writes, &stopped);
	else
		write_all_times(target, order, report);
	if (target >= 0)
		close(target);
}

void worker_child(int channel, pid_t tool, const struct work *act)
{
	struct worker_order order;
	int target;

	meet_signals();
	/* The reset may take minutes more than the tool waits. */
	process_detach();
	/* Whoever has nothing to do is of no use without the tool, and holds its lock. */
	while (meet_death(tool, SIGKILL) && take_order(channel, &order, &target)) {
		struct worker_report report = {0};

		if (!meet_death(tool, WORKER_STOP_SIGNAL) || stopped)
			break;
		carry_out(&order, target, act, &report);
		if (write(channel, &report, sizeof(report)) != sizeof(report) || act || stopped)
			break;
	}
	_exit(0);
}
