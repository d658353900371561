// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/worker_start.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "step/worker_child.h"

int worker_start(const struct work *work, struct worker *worker)
{
	pid_t tool = getpid(), pid;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return -errno;
	pid = fork();
	if (pid < 0) {
		int r = -errno;

		close(ends[0]);
		close(ends[1]);
		return r;
	}
	if (pid == 0) {
		close(ends[0]);
		worker_child(ends[1], tool, work->act ? work : NULL);
	}
	close(ends[1]);
	*worker = (struct worker){.pid = pid, .channel = ends[0]};
	return 0;
}

int worker_order(const struct worker *worker, const struct work *work, int target)
{
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_level = SOL_SOCKET,
				.cmsg_type = SCM_RIGHTS,
				.cmsg_len = CMSG_LEN(sizeof(target))}};
	struct worker_order order = {.times = work->times};
	struct iovec part = {.iov_base = &order, .iov_len = sizeof(order)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	if (target >= 0) {
		memcpy(CMSG_DATA(&control.header), &target, sizeof(target));
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
		snprintf(order.value, sizeof(order.value), "%s", work->value);
	}
	return sendmsg(worker->channel, &message, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

void worker_end(struct worker *worker)
{
	if (!worker->pid)
		return;
	/* Those that were started later have its channel too, so closing it would not be noticed. */
	kill(worker->pid, SIGKILL);
	close(worker->channel);
	waitpid(worker->pid, NULL, 0);
	worker->pid = 0;
}

void workers_end(struct workers *workers)
{
	for (size_t i = 0; i < ARRAY_SIZE(workers->list); i++)
		worker_end(&workers->list[i]);
}
