// SPDX-License-Identifier: GPL-2.0-or-later
/* Text for a reader who stands still. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/detach.h"
#include "base/monotonic.h"
#include "cli/outlet.h"
#include "cli/signals.h"

#define LINES 200000
#define MS 1000000ULL
/* What a busy machine does not take for what is done at once. */
#define AT_ONCE_NS (100000 * MS)

/* Numbered lines, more than a pipe, a socket or a terminal takes. */
static size_t make_lines(char **out)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	size_t length_bytes;

	for (unsigned int i = 0; i < LINES; i++)
		strbuf_printf(&text, "%u\n", i);
	length_bytes = text.length_bytes;
	assert_int_equal(strbuf_take(&text, out), 0);
	return length_bytes;
}

static void read_all(int fd, char *into, size_t wanted_bytes)
{
	for (size_t done = 0; done < wanted_bytes;) {
		ssize_t got = read(fd, into + done, wanted_bytes - done);

		assert_true(got > 0);
		done += (size_t)got;
	}
}

/* Reads all of it in a process of its own, which exits with 0 if it is @text. */
static pid_t read_beside(int fd, const char *text, size_t length_bytes)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		char *got = malloc(length_bytes);

		read_all(fd, got, length_bytes);
		_exit(memcmp(got, text, length_bytes) != 0);
	}
	return pid;
}

/* A pipe that is written to through @outlet. */
static void open_pipe(int ends[2], struct outlet *outlet)
{
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(outlet_open(ends[1], outlet), 0);
}

static void close_both(const int ends[2])
{
	close(ends[0]);
	close(ends[1]);
}

static bool would_wait(int fd)
{
	return !(fcntl(fd, F_GETFL) & O_NONBLOCK);
}

/* Held until the time given; then all goes on, and nothing is lost or torn. */
static void keeps(int reader, int writer, enum outlet_kind kind)
{
	_cleanup_outlet_ struct outlet outlet = OUTLET_INIT;
	_cleanup_free_ char *text = NULL;
	size_t length_bytes = make_lines(&text), half = length_bytes / 2;
	uint64_t begin_ns = monotonic_ns(), took_ns;
	pid_t pid;
	int status;

	assert_int_equal(outlet_open(writer, &outlet), 0);
	assert_int_equal(outlet.kind, kind);
	assert_int_equal(outlet_put(&outlet, text, half, begin_ns + 300 * MS), 0);
	took_ns = monotonic_ns() - begin_ns;
	assert_true(took_ns >= 300 * MS && took_ns < AT_ONCE_NS);
	assert_true(outlet.pending.length_bytes > 0);
	/* What comes later waits behind it. */
	assert_int_equal(outlet_put(&outlet, text + half, length_bytes - half, 0), 0);
	pid = read_beside(reader, text, length_bytes);
	assert_int_equal(outlet_finish(&outlet), 0);
	assert_int_equal(outlet.pending.length_bytes, 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	/* Whoever else has it is not concerned. */
	assert_true(would_wait(writer));
}

static void a_pipe(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	keeps(ends[0], ends[1], OUTLET_OPENED);
	close_both(ends);
}

static void a_socket(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	keeps(ends[0], ends[1], OUTLET_SOCKET);
	close_both(ends);
}

static void a_terminal(void **state)
{
	int master, slave;
	struct termios raw;

	(void)state;
	assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
	assert_int_equal(tcgetattr(slave, &raw), 0);
	cfmakeraw(&raw);
	assert_int_equal(tcsetattr(slave, TCSANOW, &raw), 0);
	keeps(master, slave, OUTLET_OPENED);
	close(master);
	close(slave);
}

/* A reader who is there is not waited for longer than he takes, whatever the time given. */
static void a_reader(void **state)
{
	_cleanup_outlet_ struct outlet outlet = OUTLET_INIT;
	_cleanup_free_ char *text = NULL;
	size_t length_bytes = make_lines(&text);
	int ends[2], status;
	pid_t pid;

	(void)state;
	open_pipe(ends, &outlet);
	pid = read_beside(ends[0], text, length_bytes);
	assert_int_equal(outlet_put(&outlet, text, length_bytes, OUTLET_PATIENT), 0);
	assert_int_equal(outlet.pending.length_bytes, 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close_both(ends);
}

static void signal_handler(int number)
{
	(void)number;
}

static void nobody_left(void **state)
{
	_cleanup_outlet_ struct outlet pipe_end = OUTLET_INIT, full = OUTLET_INIT;
	int ends[2], device = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	signal(SIGPIPE, signal_handler);
	open_pipe(ends, &pipe_end);
	close(ends[0]);
	assert_int_equal(outlet_put(&pipe_end, "x", 1, OUTLET_PATIENT), -EPIPE);
	close(ends[1]);
	assert_int_equal(outlet_open(device, &full), 0);
	assert_int_equal(outlet_put(&full, "x", 1, OUTLET_PATIENT), -ENOSPC);
	close(device);
	assert_int_equal(outlet_open(device, &full), -EBADF);
}

/* So often this process gave the processor up to wait for something: what others take counts not.
 */
static long times_waited(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_nvcsw;
}

/* What is only offered is dropped whole, but for what was begun. */
static void offered(void **state)
{
	_cleanup_outlet_ struct outlet outlet = OUTLET_INIT;
	_cleanup_free_ char *text = NULL;
	size_t length_bytes = make_lines(&text);
	char after[8] = "";
	int ends[2];
	long waits;
	pid_t pid;

	(void)state;
	open_pipe(ends, &outlet);
	waits = times_waited();
	outlet_offer(&outlet, text, length_bytes);
	for (int i = 0; i < 1000; i++)
		outlet_offer(&outlet, "dropped\n", 8);
	assert_true(times_waited() - waits < 1000);
	pid = read_beside(ends[0], text, length_bytes);
	assert_int_equal(outlet_finish(&outlet), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	outlet_offer(&outlet, "again\n", 6);
	read_all(ends[0], after, 6);
	assert_string_equal(after, "again\n");
	close_both(ends);
}

/* A process that outlives the tool holds no reader up. */
static void let_go(void **state)
{
	_cleanup_outlet_ struct outlet outlet = OUTLET_INIT, shared = OUTLET_INIT;
	int ends[2], sockets[2], held[2];
	char byte;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
	assert_int_equal(pipe2(held, O_CLOEXEC), 0);
	assert_int_equal(outlet_open(ends[1], &outlet), 0);
	assert_int_equal(outlet_open(sockets[1], &shared), 0);
	close(ends[1]);
	close(sockets[1]);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(held[1]);
		process_detach();
		/* Until the test has seen that nobody writes any more. */
		(void)!read(held[0], &byte, 1);
		_exit(0);
	}
	outlet_close(&outlet);
	outlet_close(&shared);
	alarm(60);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	assert_int_equal(read(sockets[0], &byte, 1), 0);
	alarm(0);
	close(held[1]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(held[0]);
	close(ends[0]);
	close(sockets[0]);
}

/* What is no file of its own keeps what stands in it. */
static void a_file(void **state)
{
	_cleanup_outlet_ struct outlet outlet = OUTLET_INIT;
	char name[] = "/tmp/test_outlet.XXXXXX", got[16] = "";
	int fd = mkstemp(name);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "first\n", 6), 6);
	assert_int_equal(outlet_open(fd, &outlet), 0);
	assert_int_equal(outlet.kind, OUTLET_FILE);
	assert_int_equal(outlet_put(&outlet, "second\n", 7, 0), 0);
	assert_int_equal(pread(fd, got, sizeof(got) - 1, 0), 13);
	assert_string_equal(got, "first\nsecond\n");
	unlink(name);
	close(fd);
}

/* Last, for a signal stays remembered. */
static void a_signal(void **state)
{
	_cleanup_outlet_ struct outlet outlet = OUTLET_INIT;
	_cleanup_free_ char *text = NULL;
	size_t length_bytes = make_lines(&text);
	uint64_t begin_ns;
	int ends[2];
	long waits;

	(void)state;
	open_pipe(ends, &outlet);
	signals_catch();
	if (fork() == 0) {
		usleep(300000);
		kill(getppid(), SIGTERM);
		_exit(0);
	}
	assert_int_equal(outlet_put(&outlet, text, length_bytes, OUTLET_PATIENT), 0);
	assert_int_equal(signals_caught(), SIGTERM);
	begin_ns = monotonic_ns();
	assert_int_equal(outlet_finish(&outlet), -ECANCELED);
	assert_true(monotonic_ns() - begin_ns > 1000 * MS);
	assert_true(monotonic_ns() - begin_ns < AT_ONCE_NS);
	raise(SIGTERM);
	waits = times_waited();
	assert_int_equal(outlet_finish(&outlet), -ECANCELED);
	/* It waited for seconds before, a fraction of one at a time. */
	assert_true(times_waited() - waits < 10);
	wait(NULL);
	close_both(ends);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe),      cmocka_unit_test(a_socket),
		cmocka_unit_test(a_file),      cmocka_unit_test(let_go),
		cmocka_unit_test(a_terminal),  cmocka_unit_test(a_reader),
		cmocka_unit_test(nobody_left), cmocka_unit_test(offered),
		cmocka_unit_test(a_signal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
