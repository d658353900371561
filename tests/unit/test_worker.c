// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes by workers: how long they are waited for. A full pipe stands for a device that hangs. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "step/worker.h"

struct fixture {
	char path[64];
	struct root root;
	int pipe;
};

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

	while (waitpid(-1, NULL, 0) > 0)
		;
	unlinkat(fixture->root.fd, "full", 0);
	unlinkat(fixture->root.fd, "file", 0);
	close(fixture->pipe);
	root_close(&fixture->root);
	rmdir(fixture->path);
	free(fixture);
	return 0;
}

static int asked;

static bool at_the_third_time(void)
{
	return ++asked >= 3;
}

static bool never(void)
{
	return false;
}

static void test_answers(void **state)
{
	struct fixture *fixture = *state;
	struct work work = {.path = "file", .value = "flr pm"};
	char line[32];

	assert_int_equal(worker_run(&fixture->root, &work, 1, 10, never, NULL), 0);
	assert_true(work.started);
	assert_false(work.hung);
	assert_false(work.abandoned);
	assert_int_equal(work.error, 0);
	assert_int_equal(root_read_line(&fixture->root, "file", line, sizeof(line)), 0);
	assert_string_equal(line, "flr pm");
}

static void test_deadline(void **state)
{
	struct fixture *fixture = *state;
	struct work work = {.path = "full", .value = "1"};

	assert_int_equal(worker_run(&fixture->root, &work, 1, 1, never, NULL), 0);
	assert_true(work.hung);
	assert_false(work.abandoned);
	assert_true(work.end_ns - work.begin_ns >= 1000000000ULL);
}

/* The one that has answered is not abandoned with the other. */
static void test_abandoned(void **state)
{
	struct fixture *fixture = *state;
	struct work works[2] = {{.path = "full", .value = "1"}, {.path = "file", .value = "pm"}};

	asked = 0;
	assert_int_equal(worker_run(&fixture->root, works, 2, 600, at_the_third_time, NULL), 0);
	assert_true(works[0].hung);
	assert_true(works[0].abandoned);
	assert_true(works[0].end_ns - works[0].begin_ns < 60 * 1000000000ULL);
	assert_false(works[1].hung);
	assert_false(works[1].abandoned);
}

static void test_vanished(void **state)
{
	struct fixture *fixture = *state;
	struct work works[2] = {{.path = "file", .value = "written"},
				{.path = "none", .value = "1"}};
	size_t failed = 0;
	char line[32];

	assert_int_equal(worker_run(&fixture->root, works, 2, 10, NULL, &failed), -ENOENT);
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

	assert_int_equal(worker_run(&fixture->root, &work, 1, 10, never, NULL), 0);
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
	assert_int_equal(worker_run(&fixture->root, &work, 1, 10, never, NULL), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, handler);
	assert_int_equal(work.error, EFBIG);
	assert_int_equal(work.write_count, 3);
	assert_int_equal(work.writes[1].error, 0);
	assert_int_equal(work.writes[2].error, EFBIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_answers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_deadline, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_abandoned, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_vanished, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_again_and_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_again_until_it_fails, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
