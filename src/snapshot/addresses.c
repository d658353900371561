// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/addresses.h"

#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#define DEADLINE_MS 5000

/* In a process of its own, one interface to a line. Does not return. */
static _Noreturn void tell_addresses(int fd)
{
	struct ifaddrs *addresses;

	if (getifaddrs(&addresses) < 0)
		_exit(errno & 0x7f);
	for (const struct ifaddrs *at = addresses; at; at = at->ifa_next)
		if (at->ifa_addr &&
		    (at->ifa_addr->sa_family == AF_INET || at->ifa_addr->sa_family == AF_INET6) &&
		    dprintf(fd, "%s\n", at->ifa_name) < 0)
			_exit(EIO);
	_exit(0);
}

/* Everything the teller says until the deadline. Returns 0, -ETIMEDOUT or -errno. */
static int listen_to(int fd, struct strbuf *said)
{
	struct timespec start, now;
	char chunk[4096];

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		long passed_ms;
		ssize_t got;

		clock_gettime(CLOCK_MONOTONIC, &now);
		passed_ms = (now.tv_sec - start.tv_sec) * 1000 +
			    (now.tv_nsec - start.tv_nsec) / 1000000;
		if (passed_ms >= DEADLINE_MS || poll(&ready, 1, DEADLINE_MS - (int)passed_ms) == 0)
			return -ETIMEDOUT;
		got = read(fd, chunk, sizeof(chunk));
		if (got < 0 && errno != EINTR)
			return -errno;
		if (got == 0)
			return said->error;
		if (got > 0)
			strbuf_add(said, chunk, (size_t)got);
	}
}

/* One that waits in the kernel cannot be ended; it ends with what it waits for. */
static int end_teller(pid_t teller, int r)
{
	int status;

	if (r < 0) {
		kill(teller, SIGKILL);
		(void)waitpid(teller, NULL, WNOHANG);
		return r;
	}
	while (waitpid(teller, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

int addresses_ask(struct strbuf *interfaces)
{
	_cleanup_close_ int from = -1;
	pid_t teller;
	int ends[2], r;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	from = ends[0];
	teller = fork();
	if (teller < 0) {
		r = -errno;
		close(ends[1]);
		return r;
	}
	if (teller == 0) {
		/* Locks of the caller shall not outlive it here. */
		if (dup2(ends[1], 3) < 0 || syscall(SYS_close_range, 4, ~0U, 0) < 0)
			_exit(errno & 0x7f);
		tell_addresses(3);
	}
	close(ends[1]);
	return end_teller(teller, listen_to(from, interfaces));
}
