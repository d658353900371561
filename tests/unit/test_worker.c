// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes by workers: how long they are waited for. A full pipe stands for a device that hangs. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/monotonic.h"
#include "step/late.h"
#include "step/worker.h"

#define MS 1000000ULL
/* What a busy machine does not reach, nor a test that passes. */
#define LIMIT_S 600

struct fixture {
	char path[64];
	struct root root;
	int pipe;
};

/* Makes room in the pipe. Returns how many bytes in it were written by workers. */
static unsigned int drain(const struct fixture *fixture)
{
	unsigned int written = 0;
	char block[4096];
	ssize_t length;

	while ((length = read(fixture->pipe, block, sizeof(block))) > 0)
		for (ssize_t i = 0; i < length; i++)
			written += block[i] != '\0';
	return written;
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	static const char block[4096];
	int file;

	strcpy(fixture->path, "/tmp/test_worker.XXXXXX");
	assert_non_null(mkdtemp(fixture->path));
	assert_int_equal(root_open(&fixture->root, fixture->path), 0);
	assert_int_equal(mkfifoat(fixture->root.fd, "full", 0600), 0);
	fixture->pipe = openat(fixture->root.fd, "full", O_RDWR | O_NONBLOCK);
	assert_true(fixture->pipe >= 0);
	while (write(fixture->pipe, block, sizeof(block)) > 0)
		;
	file = openat(fixture->root.fd, "file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(file >= 0);
	close(file);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	/* One whose test failed may hang. */
	if (fixture->pipe >= 0)
		drain(fixture);
	while (waitpid(-1, NULL, 0) > 0)
		;
	unlinkat(fixture->root.fd, "full", 0);
	unlinkat(fixture->root.fd, "file", 0);
	if (fixture->pipe >= 0)
		close(fixture->pipe);
	root_close(&fixture->root);
	rmdir(fixture->path);
	free(fixture);
	return 0;
}

static bool at_no_time(void *data)
{
	(void)data;
	return false;
}

static const struct patience never = {.over = at_no_time};

static void test_answers(void **state)
{
	struct fixture *fixture = *state;
	struct work work = {.path = "file", .value = "flr pm"};
	char line[32];

	assert_int_equal(worker_run(&fixture->root, &work, 1, LIMIT_S, &never, NULL), 0);
	assert_true(work.started);
	assert_false(work.hung);
	assert_false(work.abandoned);
	assert_int_equal(work.error, 0);
	assert_int_equal(root_read_line(&fixture->root, "file", line, sizeof(line)), 0);
	assert_string_equal(line, "flr pm");
}

/* A source that never runs dry, of which @left reads are wanted. */
struct source {
	unsigned int reads, left;
};

static bool read_source(void *data)
{
	struct source *source = data;

	source->reads++;
	return --source->left > 0;
}

/* Over when it was asked some times, and meanwhile enough was read. */
struct asked {
	const struct source *source;
	unsigned int wanted_reads, times;
	uint64_t last_ns;
};

static bool over_when_both_went_on(void *data)
{
	struct asked *asked = data;

	asked->times++;
	asked->last_ns = monotonic_ns();
	return asked->times >= 4 && asked->source->reads >= asked->wanted_reads;
}

/* What is read while a worker is waited for delays neither its answer nor the deadline. */
static void test_meanwhile(void **state)
{
	struct fixture *fixture = *state;
	struct source source = {.left = 100000000};
	struct meanwhile meanwhile = {.fd = open("/dev/zero", O_RDONLY | O_CLOEXEC),
				      .read = read_source,
				      .data = &source};
	struct asked asked = {.source = &source, .wanted_reads = 100};
	const struct patience until_both = {
		.over = over_when_both_went_on, .data = &asked, .meanwhile = &meanwhile};
	const struct patience no_end = {.over = at_no_time, .meanwhile = &meanwhile};
	struct work hanging = {.path = "full", .value = "1"};
	struct work answering = {.path = "file", .value = "flr"};
	int zero = meanwhile.fd;

	assert_true(zero >= 0);
	assert_int_equal(worker_run(&fixture->root, &hanging, 1, LIMIT_S, &until_both, NULL), 0);
	assert_true(hanging.abandoned);
	/* A few times a second, however often there is something to read. */
	assert_true(asked.last_ns - hanging.begin_ns >= 600 * MS);
	source = (struct source){.left = 100000000};
	assert_int_equal(worker_run(&fixture->root, &hanging, 1, 1, &no_end, NULL), 0);
	assert_true(hanging.hung);
	assert_false(hanging.abandoned);
	assert_int_equal(meanwhile.fd, zero);
	assert_int_equal(worker_run(&fixture->root, &answering, 1, LIMIT_S, &no_end, NULL), 0);
	assert_false(answering.hung);
	assert_int_equal(meanwhile.fd, zero);
	/* A source that has ended is left alone. */
	source = (struct source){.left = 3};
	asked = (struct asked){.source = &source, .wanted_reads = 3};
	assert_int_equal(worker_run(&fixture->root, &hanging, 1, LIMIT_S, &until_both, NULL), 0);
	assert_int_equal(source.reads, 3);
	assert_int_equal(meanwhile.fd, -1);
	close(zero);
}

static void on_alarm(int number)
{
	(void)number;
}

/* How often it was asked sooner than it would be without a signal. */
struct sooner {
	uint64_t last_ns;
	unsigned int times;
};

static bool over_when_asked_sooner(void *data)
{
	struct sooner *sooner = data;
	uint64_t now_ns = monotonic_ns();

	sooner->times += now_ns - sooner->last_ns < 100 * MS;
	sooner->last_ns = now_ns;
	return sooner->times >= 10;
}

/* A signal may end the patience: it is asked at once, not at the next time. */
static void test_signals(void **state)
{
	static const struct itimerval often = {{0, 10000}, {0, 10000}}, none;
	const struct sigaction action = {.sa_handler = on_alarm};
	struct sooner sooner = {0};
	const struct patience patience = {.over = over_when_asked_sooner, .data = &sooner};
	struct fixture *fixture = *state;
	struct work work = {.path = "full", .value = "1"};

	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
	assert_int_equal(worker_run(&fixture->root, &work, 1, 60, &patience, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &none, NULL), 0);
	signal(SIGALRM, SIG_DFL);
	assert_true(work.hung);
	assert_true(work.abandoned);
}

static void test_pause(void **state)
{
	struct source source = {.left = 100000000};
	struct meanwhile meanwhile = {.fd = open("/dev/zero", O_RDONLY | O_CLOEXEC),
				      .read = read_source,
				      .data = &source};
	uint64_t begin_ns = monotonic_ns();

	(void)state;
	assert_true(meanwhile.fd >= 0);
	meanwhile_pause(&meanwhile, 20000000);
	assert_true(monotonic_ns() - begin_ns >= 20000000);
	assert_true(source.reads > 0);
	close(meanwhile.fd);
	begin_ns = monotonic_ns();
	meanwhile_pause(NULL, 20000000);
	assert_true(monotonic_ns() - begin_ns >= 20000000);
}

static void test_deadline(void **state)
{
	struct fixture *fixture = *state;
	struct work work = {.path = "full", .value = "1"};

	assert_int_equal(worker_run(&fixture->root, &work, 1, 1, &never, NULL), 0);
	assert_true(work.hung);
	assert_false(work.abandoned);
	assert_true(work.end_ns - work.begin_ns >= 1000000000ULL);
}

/* When what the second one of two came to is known */
static bool after_the_second(void *data)
{
	const struct work *works = data;

	return works[1].end_ns != 0;
}

/* The one that has answered is not abandoned with the other. */
static void test_abandoned(void **state)
{
	struct fixture *fixture = *state;
	struct work works[2] = {{.path = "full", .value = "1"}, {.path = "file", .value = "pm"}};
	const struct patience patience = {.over = after_the_second, .data = works};

	assert_int_equal(worker_run(&fixture->root, works, 2, LIMIT_S, &patience, NULL), 0);
	assert_true(works[0].hung);
	assert_true(works[0].abandoned);
	assert_false(works[1].hung);
	assert_false(works[1].abandoned);
}

/* When the worker, which has its order, sleeps: it waits for nothing but for its write. */
static bool when_in_its_write(void *data)
{
	const struct work *work = data;
	char path[64], line[512];
	_cleanup_root_ struct root root = ROOT_INIT;
	const char *state;

	snprintf(path, sizeof(path), "proc/%d/stat", work->pid);
	assert_int_equal(root_open(&root, NULL), 0);
	assert_int_equal(root_read_line(&root, path, line, sizeof(line)), 0);
	state = strrchr(line, ')');
	return state && strncmp(state, ") S ", 4) == 0;
}

/* Nobody waits for the write any more, which is not killed; its deadline is over or is far. */
static struct late_resets hang(const struct fixture *fixture, bool deadline_is_over)
{
	struct work work = {.path = "full", .value = "1", .outlives = true, .times = 3};
	const struct patience patience = {.over = when_in_its_write, .data = &work};
	struct late_reset late = {.step = 1, .function = "0000:01:00.0"};
	struct late_resets list = {0};

	assert_int_equal(worker_run(&fixture->root, &work, 1, LIMIT_S, &patience, NULL), 0);
	assert_true(work.hung);
	assert_true(work.late_fd >= 0);
	late.pid = work.pid;
	late.fd = work.late_fd;
	late.deadline_ns = deadline_is_over ? monotonic_ns() : UINT64_MAX;
	assert_int_equal(late_add(&list, &late), 0);
	return list;
}

static void test_returns_late(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_late_ struct late_resets list = hang(fixture, true);
	struct late_reset late;
	bool sound = false;
	unsigned int written;

	assert_int_equal(late_take(&list, 0, &late, &sound), 0);
	/* The write may be through before the pipe is empty. */
	written = drain(fixture);
	/* Long after its deadline, but it worked. */
	assert_int_equal(late_take(&list, LIMIT_S * 1000, &late, &sound), 1);
	assert_true(sound);
	assert_string_equal(late.function, "0000:01:00.0");
	/* Nobody waits for the two that were to follow. */
	assert_int_equal(written + drain(fixture), 1);
	assert_int_equal(late_take(&list, LIMIT_S * 1000, &late, &sound), 0);
}

static void test_dies_late(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_late_ struct late_resets list = hang(fixture, true);
	struct late_reset late;
	bool sound = true;

	kill(list.items[0].pid, SIGKILL);
	assert_int_equal(late_take(&list, LIMIT_S * 1000, &late, &sound), 1);
	assert_false(sound);
}

/* A write that fails with EPIPE when its last reader goes. */
static void fail_late(struct fixture *fixture, bool deadline_is_over, bool *sound)
{
	_cleanup_late_ struct late_resets list = hang(fixture, deadline_is_over);
	struct late_reset late;

	close(fixture->pipe);
	fixture->pipe = -1;
	assert_int_equal(late_take(&list, LIMIT_S * 1000, &late, sound), 1);
}

static void test_fails_too_late(void **state)
{
	bool sound = true;

	fail_late(*state, true, &sound);
	assert_false(sound);
}

/* Nobody waited to the deadline, but it kept it: it failed as any other reset may. */
static void test_fails_in_time(void **state)
{
	bool sound = false;

	fail_late(*state, false, &sound);
	assert_true(sound);
}

/* What a caller handed down does not stay open as long as a reset hangs. */
static void test_lets_go(void **state)
{
	struct fixture *fixture = *state;
	int ends[2], own[2];
	char byte;

	assert_int_equal(pipe2(ends, 0), 0);
	assert_int_equal(pipe2(own, O_CLOEXEC | O_NONBLOCK), 0);
	{
		_cleanup_late_ struct late_resets list = hang(fixture, true);

		close(ends[1]);
		close(own[1]);
		assert_int_equal(read(ends[0], &byte, 1), 0);
		assert_int_equal(read(own[0], &byte, 1), -1);
		assert_int_equal(errno, EAGAIN);
		drain(fixture);
	}
	close(ends[0]);
	close(own[0]);
}

static void test_vanished(void **state)
{
	struct fixture *fixture = *state;
	struct work works[2] = {{.path = "file", .value = "written"},
				{.path = "none", .value = "1"}};
	size_t failed = 0;
	char line[32];

	assert_int_equal(worker_run(&fixture->root, works, 2, LIMIT_S, NULL, &failed), -ENOENT);
	assert_int_equal(failed, 1);
	assert_false(works[0].started);
	assert_int_equal(root_read_line(&fixture->root, "file", line, sizeof(line)), 0);
	assert_string_equal(line, "");
}

/* Each write has its times, one after the other. */
static void test_again_and_again(void **state)
{
	struct fixture *fixture = *state;
	struct work work = {.path = "file", .value = "1", .times = RESETS_MAX};
	char line[32];

	assert_int_equal(worker_run(&fixture->root, &work, 1, LIMIT_S, &never, NULL), 0);
	assert_int_equal(work.error, 0);
	assert_int_equal(work.write_count, RESETS_MAX);
	assert_int_equal(work.begin_ns, work.writes[0].begin_ns);
	assert_int_equal(work.end_ns, work.writes[RESETS_MAX - 1].end_ns);
	for (unsigned int i = 0; i < RESETS_MAX; i++) {
		assert_int_equal(work.writes[i].error, 0);
		assert_true(work.writes[i].end_ns >= work.writes[i].begin_ns);
		assert_true(i == 0 || work.writes[i].begin_ns >= work.writes[i - 1].end_ns);
	}
	assert_int_equal(root_read_line(&fixture->root, "file", line, sizeof(line)), 0);
	assert_string_equal(line, "1111");
}

/* A limit on the size of files stands for a device that has enough. */
static void test_again_until_it_fails(void **state)
{
	struct fixture *fixture = *state;
	struct work work = {.path = "file", .value = "1", .times = RESETS_MAX};
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	struct rlimit before, small;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){.rlim_cur = 2, .rlim_max = before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(worker_run(&fixture->root, &work, 1, LIMIT_S, &never, NULL), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, handler);
	assert_int_equal(work.error, EFBIG);
	assert_int_equal(work.write_count, 3);
	assert_int_equal(work.writes[1].error, 0);
	assert_int_equal(work.writes[2].error, EFBIG);
}

/* Writes "1" to @path by the worker that is kept, within @seconds. Returns its process id. */
static int write_kept(const struct fixture *fixture, struct workers *workers, const char *path,
		      unsigned int seconds, struct work *work)
{
	*work = (struct work){.path = path, .value = "1", .by = workers};
	assert_int_equal(worker_run(&fixture->root, work, 1, seconds, &never, NULL), 0);
	assert_true(work->started);
	assert_true(work->pid > 0);
	return work->pid;
}

static void test_kept(void **state)
{
	struct fixture *fixture = *state;
	struct workers workers = {0};
	struct work work, works[2] = {{.path = "file", .value = "2", .by = &workers},
				      {.path = "file", .value = "2", .by = &workers}};
	char line[32];
	int pid = write_kept(fixture, &workers, "file", LIMIT_S, &work);

	assert_int_equal(work.error, 0);
	assert_int_equal(write_kept(fixture, &workers, "file", LIMIT_S, &work), pid);
	/* Two at once are two. */
	assert_int_equal(worker_run(&fixture->root, works, 2, LIMIT_S, &never, NULL), 0);
	assert_int_equal(works[0].pid, pid);
	assert_int_not_equal(works[1].pid, pid);
	assert_int_equal(works[0].error, 0);
	assert_int_equal(works[1].error, 0);
	assert_int_equal(root_read_line(&fixture->root, "file", line, sizeof(line)), 0);
	assert_string_equal(line, "2");
	workers_end(&workers);
	assert_int_equal(waitpid(-1, NULL, 0), -1);
	/* They may be asked again. */
	assert_int_not_equal(write_kept(fixture, &workers, "file", LIMIT_S, &work), pid);
	assert_int_equal(work.error, 0);
	workers_end(&workers);
}

static void test_kept_and_replaced(void **state)
{
	struct fixture *fixture = *state;
	struct workers workers = {0};
	struct work work;
	siginfo_t dead;
	int pid = write_kept(fixture, &workers, "file", LIMIT_S, &work), hung;

	/* Nobody is told that it has died meanwhile. */
	kill(pid, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)pid, &dead, WEXITED | WNOWAIT), 0);
	hung = write_kept(fixture, &workers, "full", 1, &work);
	assert_int_not_equal(hung, pid);
	assert_true(work.hung);
	pid = write_kept(fixture, &workers, "file", LIMIT_S, &work);
	assert_int_not_equal(pid, hung);
	assert_false(work.hung);
	assert_int_equal(work.error, 0);
	workers_end(&workers);
}

/* What is kept holds neither what was written nor what else is opened in the run. */
static void test_kept_without_files(void **state)
{
	struct fixture *fixture = *state;
	struct workers workers = {0};
	struct work work;
	char path[64], target[256];
	struct dirent *entry;
	int pid = write_kept(fixture, &workers, "file", LIMIT_S, &work);
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		ssize_t length = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1);

		target[length < 0 ? 0 : length] = '\0';
		assert_null(strstr(target, "/file"));
	}
	closedir(dir);
	workers_end(&workers);
}

/* A tool that is killed takes those with it that have nothing to do: they hold its lock. */
static void test_kept_no_longer_than_the_tool(void **state)
{
	struct fixture *fixture = *state;
	struct workers workers = {0};
	struct work work;
	int ends[2], pid = 0;
	pid_t tool;

	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	tool = fork();
	assert_true(tool >= 0);
	if (tool == 0) {
		pid = write_kept(fixture, &workers, "file", LIMIT_S, &work);
		if (write(ends[1], &pid, sizeof(pid)) == sizeof(pid))
			raise(SIGKILL);
		_exit(1);
	}
	assert_int_equal(read(ends[0], &pid, sizeof(pid)), sizeof(pid));
	assert_int_equal(waitpid(tool, NULL, 0), tool);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ends[0]);
	close(ends[1]);
}

static void test_too_long(void **state)
{
	struct fixture *fixture = *state;
	char value[WORK_VALUE_MAX + 1], line[32];
	struct work work = {.path = "file", .value = value};

	memset(value, 'x', WORK_VALUE_MAX);
	value[WORK_VALUE_MAX] = '\0';
	assert_int_equal(worker_run(&fixture->root, &work, 1, LIMIT_S, &never, NULL), -E2BIG);
	assert_false(work.started);
	assert_int_equal(root_read_line(&fixture->root, "file", line, sizeof(line)), 0);
	assert_string_equal(line, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_answers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_meanwhile, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_signals, set_up, tear_down),
		cmocka_unit_test(test_pause),
		cmocka_unit_test_setup_teardown(test_deadline, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_abandoned, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_returns_late, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_dies_late, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fails_too_late, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fails_in_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lets_go, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_vanished, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_again_and_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_again_until_it_fails, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_kept_and_replaced, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_kept_without_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_kept_no_longer_than_the_tool, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_too_long, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
