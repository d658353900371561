// SPDX-License-Identifier: GPL-2.0-or-later
/* Workers that write to files and pipes of a temporary directory. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "observe_tree.h"
#include "step/worker.h"

#define DEADLINE_S 20

static void read_back(const struct tree *tree, const char *path, char text[64])
{
	assert_int_equal(root_read_line(&tree->root, path, text, 64), 0);
}

static bool holds(const struct tree *tree, const char *path, const char *wanted)
{
	char text[64];

	read_back(tree, path, text);
	return streq(text, wanted);
}

/* A pipe of the tree that takes no more; the descriptor keeps it open, and drains it. */
static int make_full_pipe(const struct tree *tree, const char *name)
{
	_cleanup_free_ char *path = NULL;
	static const char filler[4096];
	int fd;

	assert_true(asprintf(&path, "%s/%s", tree->path, name) > 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	assert_true(fd >= 0);
	while (write(fd, filler, sizeof(filler)) > 0)
		continue;
	assert_int_equal(errno, EAGAIN);
	return fd;
}

static void pause_ms(long ms)
{
	const struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	nanosleep(&pause, NULL);
}

static void writes_once(void **state)
{
	struct tree *tree = *state;
	struct work work = {.path = "reset", .value = "1"};

	tree_text(tree, "reset", "");
	assert_int_equal(worker_run(&tree->root, &work, 1, DEADLINE_S, NULL, NULL), 0);
	assert_true(work.started && !work.hung && !work.abandoned);
	assert_int_equal(work.error, 0);
	assert_true(work.pid > 0);
	assert_true(work.begin_ns > 0 && work.end_ns >= work.begin_ns);
	assert_true(holds(tree, "reset", "1"));
	/* It was waited for. */
	assert_int_equal(kill(work.pid, 0), -1);
}

/* A list of no method has to be written as something, or sysfs takes no notice. */
static void writes_an_empty_list(void **state)
{
	struct tree *tree = *state;
	struct work work = {.path = "reset_method", .value = ""};

	tree_text(tree, "reset_method", "xyz");
	assert_int_equal(worker_run(&tree->root, &work, 1, DEADLINE_S, NULL, NULL), 0);
	assert_int_equal(work.error, 0);
	assert_true(holds(tree, "reset_method", ""));
}

static void tells_the_error(void **state)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	struct work work = {.path = "dev/full", .value = "1"};

	(void)state;
	assert_int_equal(root_open(&root, NULL), 0);
	assert_int_equal(worker_run(&root, &work, 1, DEADLINE_S, NULL, NULL), 0);
	assert_true(work.started && !work.hung);
	assert_int_equal(work.error, ENOSPC);
}

static void nothing_where_one_vanished(void **state)
{
	struct tree *tree = *state;
	struct work works[] = {
		{.path = "a", .value = "1"},
		{.path = "gone", .value = "1"},
		{.path = "b", .value = "1"},
	};
	size_t failed = 99;

	tree_text(tree, "a", "old");
	tree_text(tree, "b", "old");
	assert_int_equal(worker_run(&tree->root, works, 3, DEADLINE_S, NULL, &failed), -ENOENT);
	assert_int_equal(failed, 1);
	assert_true(holds(tree, "a", "old") && holds(tree, "b", "old"));
	for (size_t i = 0; i < ARRAY_SIZE(works); i++)
		assert_false(works[i].started);
}

static void too_many_or_none(void **state)
{
	struct tree *tree = *state;
	struct work works[SUBJECTS_MAX + 1] = {0};

	assert_int_equal(worker_run(&tree->root, works, 0, 1, NULL, NULL), -EINVAL);
	assert_int_equal(worker_run(&tree->root, works, SUBJECTS_MAX + 1, 1, NULL, NULL), -EINVAL);
}

static void hangs_to_its_deadline(void **state)
{
	struct tree *tree = *state;
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_free_ char *stuck = NULL, *fine = NULL;
	int fd = make_full_pipe(tree, "pipe");
	char wanted[64];

	assert_int_equal(root_open(&root, NULL), 0);
	assert_true(asprintf(&stuck, "%s/pipe", tree->path + 1) > 0);
	assert_true(asprintf(&fine, "%s/fine", tree->path + 1) > 0);
	tree_text(tree, "fine", "");
	{
		struct work works[] = {{.path = stuck, .value = "1"}, {.path = fine, .value = "1"}};

		assert_int_equal(worker_run(&root, works, 2, 1, NULL, NULL), 0);
		assert_true(works[0].started && works[0].hung && !works[0].abandoned);
		assert_true(works[0].end_ns - works[0].begin_ns >= 1000000000ULL);
		/* Where it waits is told, as long as it does. */
		snprintf(wanted, sizeof(wanted), "process %d", works[0].pid);
		assert_non_null(strstr(works[0].where, wanted));
		assert_non_null(strstr(works[0].where, "state S"));
		/* The other one is not held up. */
		assert_true(works[1].started && !works[1].hung);
		assert_int_equal(works[1].error, 0);
		assert_true(works[1].end_ns < works[0].end_ns);
	}
	assert_true(holds(tree, "fine", "1"));
	close(fd);
}

static unsigned int asked;

static bool leave_at_the_second_time(void)
{
	return ++asked == 2;
}

static void is_abandoned(void **state)
{
	struct tree *tree = *state;
	int fd = make_full_pipe(tree, "pipe");
	struct work work = {.path = "pipe", .value = "1"};

	asked = 0;
	assert_int_equal(
		worker_run(&tree->root, &work, 1, DEADLINE_S, leave_at_the_second_time, NULL), 0);
	assert_true(work.hung && work.abandoned);
	assert_true(work.end_ns - work.begin_ns < DEADLINE_S * 500000000ULL);
	close(fd);
}

/* Another process that makes room in the pipes after a while. */
static pid_t drain_later(const int *fds, size_t count)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	pause_ms(300);
	for (size_t i = 0; i < count; i++) {
		char bytes[8192];

		if (read(fds[i], bytes, sizeof(bytes)) < 0)
			_exit(1);
	}
	_exit(0);
}

static void eight_at_once(void **state)
{
	struct tree *tree = *state;
	struct work works[SUBJECTS_MAX] = {0};
	char names[SUBJECTS_MAX][8];
	int fds[SUBJECTS_MAX];
	uint64_t last_begin_ns = 0, first_end_ns = UINT64_MAX;
	pid_t drainer;

	for (size_t i = 0; i < SUBJECTS_MAX; i++) {
		snprintf(names[i], sizeof(names[i]), "pipe%zu", i);
		fds[i] = make_full_pipe(tree, names[i]);
		works[i] = (struct work){.path = names[i], .value = "1"};
	}
	drainer = drain_later(fds, SUBJECTS_MAX);
	assert_int_equal(worker_run(&tree->root, works, SUBJECTS_MAX, DEADLINE_S, NULL, NULL), 0);
	assert_int_equal(waitpid(drainer, NULL, 0), drainer);
	for (size_t i = 0; i < SUBJECTS_MAX; i++) {
		assert_true(works[i].started && !works[i].hung);
		assert_int_equal(works[i].error, 0);
		if (works[i].begin_ns > last_begin_ns)
			last_begin_ns = works[i].begin_ns;
		if (works[i].end_ns < first_end_ns)
			first_end_ns = works[i].end_ns;
		close(fds[i]);
	}
	/* All had begun before any was through. */
	assert_true(last_begin_ns < first_end_ns);
}

/* In a process of its own, since it takes a limit that cannot be taken back. */
static int run_short_of_files(struct tree *tree)
{
	struct work works[] = {{.path = "a", .value = "1"},
			       {.path = "b", .value = "1"},
			       {.path = "c", .value = "1"},
			       {.path = "d", .value = "1"}};
	struct rlimit limit;
	size_t failed = 99;
	int next = open("/", O_PATH), r;

	/* The gate takes two, the files four, and each worker one that stays and one that goes. */
	limit.rlim_cur = limit.rlim_max = (rlim_t)next + 2 + 4 + 3;
	close(next);
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		return 2;
	r = worker_run(&tree->root, works, 4, DEADLINE_S, NULL, &failed);
	if (r != -EMFILE || failed == 0 || failed >= 4)
		return 3;
	/* Those that were there already have been sent away. */
	return waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD ? 0 : 4;
}

static void nothing_where_one_cannot_start(void **state)
{
	struct tree *tree = *state;
	int status;
	pid_t pid;

	tree_text(tree, "a", "old");
	tree_text(tree, "b", "old");
	tree_text(tree, "c", "old");
	tree_text(tree, "d", "old");
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(run_short_of_files(tree));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(holds(tree, "a", "old") && holds(tree, "b", "old"));
	assert_true(holds(tree, "c", "old") && holds(tree, "d", "old"));
}

static void on_signal(int signal)
{
	(void)signal;
}

/* In a process group of its own, to which all the signals of a terminal are sent. */
static int run_under_signals(struct tree *tree, int fd)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	const struct sigaction action = {.sa_handler = on_signal};
	struct work work = {.path = "pipe", .value = "1"};
	pid_t helper;

	if (setpgid(0, 0) < 0)
		return 2;
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &action, NULL);
	helper = fork();
	if (helper == 0) {
		char bytes[8192];

		pause_ms(200);
		for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
			kill(0, signals[i]);
		pause_ms(100);
		_exit(read(fd, bytes, sizeof(bytes)) < 0);
	}
	if (worker_run(&tree->root, &work, 1, DEADLINE_S, NULL, NULL) < 0)
		return 3;
	return work.started && !work.hung && work.error == 0 ? 0 : 4;
}

static void signals_do_not_stop_a_reset(void **state)
{
	struct tree *tree = *state;
	int status, fd = make_full_pipe(tree, "pipe");
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(run_under_signals(tree, fd));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(fd);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_once),
		TEST(writes_an_empty_list),
		TEST(tells_the_error),
		TEST(nothing_where_one_vanished),
		TEST(too_many_or_none),
		TEST(hangs_to_its_deadline),
		TEST(is_abandoned),
		TEST(eight_at_once),
		TEST(nothing_where_one_cannot_start),
		TEST(signals_do_not_stop_a_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
