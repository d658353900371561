// SPDX-License-Identifier: GPL-2.0-or-later
/* What goes through a function ends with the tool, whenever that is killed. A file is the disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "step/traffic.h"
#include "step/traffic_read.h"

#define DISK_BYTES (1 << 20)
#define ENDS_WITHIN_MS 100000
#define ROUNDS 50

static int open_file(const struct root *root, const char *function, char *name, size_t size_bytes)
{
	FILE *file = tmpfile();

	(void)root;
	(void)function;
	snprintf(name, size_bytes, "file");
	return file && ftruncate(fileno(file), DISK_BYTES) == 0 ? fileno(file) : -EIO;
}

static void __attribute__((noreturn)) be_the_tool(void)
{
	const struct root root = ROOT_INIT;
	struct meanwhile meanwhile = {.fd = -1};
	struct traffic traffic = {0};
	struct reader *reader = NULL;

	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		_exit(1);
	raise(SIGSTOP);
	_exit(traffic_start(&root, open_file, &meanwhile, &traffic, &reader) < 0);
}

static bool ends(pid_t pid)
{
	const struct timespec pause = {.tv_nsec = 10 * 1000000L};

	for (int waited_ms = 0; waited_ms < ENDS_WITHIN_MS; waited_ms += 10) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return true;
		nanosleep(&pause, NULL);
	}
	kill(pid, SIGKILL);
	return false;
}

/* Before the process can ask to be killed with the tool, the tool is dead. */
static void killed_at_the_start(void **state)
{
	unsigned long started;
	pid_t tool, process;
	int status;

	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	tool = fork();
	if (tool == 0)
		be_the_tool();
	assert_int_equal(waitpid(tool, &status, 0), tool);
	assert_true(WIFSTOPPED(status));
	assert_int_equal(ptrace(PTRACE_SETOPTIONS, tool, NULL, PTRACE_O_TRACEFORK), 0);
	assert_int_equal(ptrace(PTRACE_CONT, tool, NULL, NULL), 0);
	assert_int_equal(waitpid(tool, &status, 0), tool);
	assert_int_equal(status >> 8, SIGTRAP | PTRACE_EVENT_FORK << 8);
	assert_int_equal(ptrace(PTRACE_GETEVENTMSG, tool, NULL, &started), 0);
	process = (pid_t)started;
	assert_int_equal(waitpid(process, &status, __WALL), process);
	assert_int_equal(kill(tool, SIGKILL), 0);
	assert_int_equal(waitpid(tool, &status, 0), tool);
	assert_int_equal(ptrace(PTRACE_DETACH, process, NULL, NULL), 0);
	assert_true(ends(process));
}

/* Exits with 1 where it is told of a process that has the disk open still. */
static void __attribute__((noreturn)) be_the_tool_to_the_end(void)
{
	const struct root root = ROOT_INIT;
	struct meanwhile meanwhile = {.fd = -1};
	struct traffic traffic = {0};
	struct reader *reader = NULL;

	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		_exit(2);
	raise(SIGSTOP);
	if (traffic_start(&root, open_file, &meanwhile, &traffic, &reader) < 0 || !reader)
		_exit(3);
	_exit(traffic_end(reader, &meanwhile, &traffic, false) != 0);
}

/* Returns what it exits with. Its reader, which is killed, it can reap only if @reaped. */
static int exit_of_the_tool(bool reaped)
{
	unsigned long started;
	pid_t tool = fork(), process;
	int status;

	if (tool == 0)
		be_the_tool_to_the_end();
	assert_int_equal(waitpid(tool, &status, 0), tool);
	assert_int_equal(ptrace(PTRACE_SETOPTIONS, tool, NULL, PTRACE_O_TRACEFORK), 0);
	assert_int_equal(ptrace(PTRACE_CONT, tool, NULL, NULL), 0);
	assert_int_equal(waitpid(tool, &status, 0), tool);
	assert_int_equal(ptrace(PTRACE_GETEVENTMSG, tool, NULL, &started), 0);
	process = (pid_t)started;
	assert_int_equal(waitpid(process, &status, __WALL), process);
	assert_int_equal(ptrace(reaped ? PTRACE_DETACH : PTRACE_CONT, process, NULL, NULL), 0);
	assert_int_equal(ptrace(PTRACE_DETACH, tool, NULL, NULL), 0);
	assert_int_equal(waitpid(tool, &status, 0), tool);
	assert_true(WIFEXITED(status));
	/* The dead are kept from their parent by whoever traces them. */
	if (!reaped)
		assert_true(ends(process));
	return WEXITSTATUS(status);
}

/* One that was merely killed holds nothing any more. */
static void told_of_what_stays(void **state)
{
	(void)state;
	assert_int_equal(exit_of_the_tool(true), 0);
	assert_int_equal(exit_of_the_tool(false), 1);
}

/* The disk, for one that must not hold more: the tool's lock, wherever that stands. */
static int open_with_more(const struct root *root, const char *function, char *name,
			  size_t size_bytes)
{
	int disk = open_file(root, function, name, size_bytes);

	return dup2(disk, 4) == 4 ? 4 : -EIO;
}

/* Between the process' own descriptors and above them. */
static void holds_nothing_else(void **state)
{
	static const int places[] = {3, 5, 700, 5000};
	const struct root root = ROOT_INIT;
	struct meanwhile meanwhile = {.fd = -1};
	struct traffic traffic = {0};
	struct reader *reader = NULL;
	struct rlimit limit = {8192, 8192};
	int ends_of[2];
	char byte;

	(void)state;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 8192) {
		limit.rlim_cur = limit.rlim_max < 8192 ? limit.rlim_max : 8192;
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	}
	assert_int_equal(pipe2(ends_of, O_CLOEXEC), 0);
	for (size_t i = 0; i < ARRAY_SIZE(ends_of); i++) {
		int end = fcntl(ends_of[i], F_DUPFD, 20);

		assert_true(end >= 20);
		close(ends_of[i]);
		ends_of[i] = end;
	}
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if ((rlim_t)places[i] < limit.rlim_cur)
			assert_int_equal(dup2(ends_of[1], places[i]), places[i]);
	assert_int_equal(traffic_start(&root, open_with_more, &meanwhile, &traffic, &reader), 0);
	assert_non_null(reader);
	close(ends_of[1]);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		close(places[i]);
	/* The end of the file comes once nobody can write any more. */
	assert_int_equal(fcntl(ends_of[0], F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(read(ends_of[0], &byte, 1), 0);
	assert_int_equal(traffic_end(reader, &meanwhile, &traffic, false), 0);
	close(ends_of[0]);
}

/* The reset follows what is ready at once, however seldom the process runs after that. */
static void ready_with_a_read_before(void **state)
{
	const struct root root = ROOT_INIT;
	struct traffic_shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
					     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char name[16];
	const int fds[2] = {open_file(&root, "", name, sizeof(name)), -1};

	(void)state;
	assert_ptr_not_equal(shared, MAP_FAILED);
	assert_true(fds[0] >= 0);
	for (unsigned int i = 0; i < ROUNDS; i++) {
		uint64_t before;
		pid_t process;
		int status;

		memset(shared, 0, sizeof(*shared));
		process = fork();
		assert_int_not_equal(process, -1);
		if (process == 0)
			_exit(traffic_read(fds, shared));
		while (!atomic_load(&shared->ready))
			continue;
		before = atomic_load(&shared->reads[TRAFFIC_BEFORE]);
		atomic_store(&shared->phase, TRAFFIC_AFTER);
		assert_int_equal(waitpid(process, &status, 0), process);
		assert_int_equal(status, 0);
		assert_true(before > 0);
	}
	munmap(shared, sizeof(*shared));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_at_the_start),
		cmocka_unit_test(ready_with_a_read_before),
		cmocka_unit_test(told_of_what_stays),
		cmocka_unit_test(holds_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
