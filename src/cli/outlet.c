// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/monotonic.h"
#include "cli/signals.h"

/* A signal that comes right before the wait is noticed this late. */
#define POLL_MS 200
#define GRACE_NS 3000000000ULL

static enum outlet_kind kind_of(const struct stat *status)
{
	if (S_ISFIFO(status->st_mode) || S_ISCHR(status->st_mode))
		return OUTLET_OPENED;
	return S_ISSOCK(status->st_mode) ? OUTLET_SOCKET : OUTLET_FILE;
}

/*
 * The same once more: that it does not wait concerns nobody else who has it open. As what it stands
 * for it is the caller's, whom processes that outlive the tool let go (base/detach.h): those are
 * told by not being close-on-exec.
 */
static int open_again(int fd)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY);
}

int outlet_open(int fd, struct outlet *out)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	out->kind = kind_of(&status);
	out->fd = out->kind == OUTLET_OPENED ? open_again(fd) : -1;
	if (out->fd >= 0)
		return 0;
	if (out->kind == OUTLET_OPENED)
		out->kind = OUTLET_SHARED;
	out->fd = fcntl(fd, F_DUPFD, 0);
	return out->fd < 0 ? -errno : 0;
}

int outlet_open_path(const char *path, struct outlet *out)
{
	struct stat status;

	out->fd = open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY);
	if (out->fd < 0 || fstat(out->fd, &status) < 0)
		return -errno;
	out->kind = kind_of(&status);
	return 0;
}

/* Returns how much was taken, -EAGAIN or another -errno. */
static ssize_t write_some(const struct outlet *outlet, const char *text, size_t length_bytes)
{
	struct pollfd ready = {.fd = outlet->fd, .events = POLLOUT};
	ssize_t taken;

	if (outlet->kind == OUTLET_SHARED) {
		if (poll(&ready, 1, 0) <= 0)
			return -EAGAIN;
		length_bytes = length_bytes < PIPE_BUF ? length_bytes : PIPE_BUF;
	}
	taken = outlet->kind == OUTLET_SOCKET
			? send(outlet->fd, text, length_bytes, MSG_DONTWAIT | MSG_NOSIGNAL)
			: write(outlet->fd, text, length_bytes);
	if (taken < 0)
		return errno == EINTR ? -EAGAIN : -errno;
	return taken ? taken : -EIO;
}

/* Writes what is pending until somebody does not take it. Returns 0, -EAGAIN or -errno. */
static int flush(struct outlet *outlet)
{
	struct strbuf *pending = &outlet->pending;
	size_t done = 0;
	ssize_t taken = 0;

	if (pending->error)
		return pending->error;
	while (done < pending->length_bytes && taken >= 0) {
		taken = write_some(outlet, pending->text + done, pending->length_bytes - done);
		if (taken > 0)
			done += (size_t)taken;
	}
	if (done) {
		memmove(pending->text, pending->text + done, pending->length_bytes - done + 1);
		pending->length_bytes -= done;
	}
	return taken < 0 ? (int)taken : 0;
}

static void wait_for_reader(const struct outlet *outlet)
{
	struct pollfd ready = {.fd = outlet->fd, .events = POLLOUT};

	signals_stop_if_told();
	poll(&ready, 1, POLL_MS);
}

int outlet_put(struct outlet *outlet, const char *text, size_t length_bytes, uint64_t until_ns)
{
	int r;

	strbuf_add(&outlet->pending, text, length_bytes);
	while ((r = flush(outlet)) == -EAGAIN) {
		if (signals_caught() || monotonic_ns() >= until_ns)
			return 0;
		wait_for_reader(outlet);
	}
	return r;
}

void outlet_offer(struct outlet *outlet, const char *text, size_t length_bytes)
{
	if (outlet->fd < 0 || flush(outlet) < 0)
		return;
	strbuf_add(&outlet->pending, text, length_bytes);
	(void)flush(outlet);
}

int outlet_finish(struct outlet *outlet)
{
	uint64_t still_ns = 0;
	size_t left_bytes = 0;
	int r;

	while ((r = flush(outlet)) == -EAGAIN) {
		uint64_t now_ns = monotonic_ns();

		/* It counts from the signal, and again from each time that some was taken. */
		if (!still_ns || !signals_caught() || outlet->pending.length_bytes != left_bytes)
			still_ns = now_ns;
		left_bytes = outlet->pending.length_bytes;
		if (signals_insist() || now_ns - still_ns > GRACE_NS)
			return -ECANCELED;
		wait_for_reader(outlet);
	}
	return r;
}

void outlet_close(struct outlet *outlet)
{
	if (outlet->fd >= 0)
		close(outlet->fd);
	strbuf_free(&outlet->pending);
	outlet->fd = -1;
}
