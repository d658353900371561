// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/log_socket.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/monotonic.h"

#define PATIENCE_NS 1000000000ULL
#define POLL_MS 100

/* Returns a descriptor or -errno. */
static int connect_as(int type, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	_cleanup_close_ int fd = -1;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	return TAKE_FD(fd);
}

static int reconnect(struct log_socket *log)
{
	int fd = connect_as(SOCK_DGRAM, log->path);

	log->is_stream = fd == -EPROTOTYPE;
	if (log->is_stream)
		fd = connect_as(SOCK_STREAM, log->path);
	log->fd = fd < 0 ? -1 : fd;
	return fd < 0 ? fd : 0;
}

void log_socket_close(struct log_socket *log)
{
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -1;
}

int log_socket_open(const char *path, struct log_socket *out)
{
	*out = (struct log_socket){.path = path};
	return reconnect(out);
}

/* Returns 0, -EAGAIN or another -errno. What is taken only in part would spoil what comes next. */
static int send_now(struct log_socket *log, const char *text, size_t length_bytes)
{
	size_t all_bytes = length_bytes + (log->is_stream ? 1 : 0);
	int r = log->fd < 0 ? reconnect(log) : 0;
	ssize_t sent;

	if (r < 0)
		return r;
	sent = send(log->fd, text, all_bytes, MSG_NOSIGNAL);
	if (sent == (ssize_t)all_bytes)
		return 0;
	r = sent < 0 ? -errno : -EIO;
	if (r != -EAGAIN)
		log_socket_close(log);
	return r;
}

static int send_by(struct log_socket *log, const char *text, size_t length_bytes, uint64_t until_ns)
{
	for (;;) {
		/* The last try is after the time, of which this process may have been kept. */
		bool last = monotonic_ns() >= until_ns;
		int r = send_now(log, text, length_bytes);

		if (r != -EAGAIN || last)
			return r;
		poll(&(struct pollfd){.fd = log->fd, .events = POLLOUT}, 1, POLL_MS);
	}
}

int log_socket_put(struct log_socket *log, const char *text, size_t length_bytes, bool last)
{
	uint64_t until_ns = log->stands_still && !last ? 0 : monotonic_ns() + PATIENCE_NS;
	int r = send_by(log, text, length_bytes, until_ns);

	/* It may have been started anew since. */
	if (r < 0 && r != -EAGAIN)
		r = send_by(log, text, length_bytes, until_ns);
	log->stands_still = r == -EAGAIN;
	if (r == -EAGAIN)
		return -ENOBUFS;
	return r == -ENOENT ? -ECONNREFUSED : r;
}
