// SPDX-License-Identifier: GPL-2.0-or-later
/* Which processes have no device open, and for how long that is remembered. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "observe_tree.h"
#include "snapshot/openless.h"

#define REST(flags, ignored)                                                                       \
	" S 2 0 0 0 -1 " flags                                                                     \
	" 0 0 0 0 0 2 0 0 20 0 1 0 21 0 0 18446744073709551615 0 0 0 0 0 0 "                       \
	"0 " ignored " 0 1 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
#define KTHREAD "2129984"
#define PROGRAM "4194560"
#define ALL "2147483647"

static void test_lines(void **state)
{
	static const struct {
		const char *line;
		enum kernel_thread_kind kind;
	} cases[] = {
		{"2 (kthreadd)" REST(KTHREAD, ALL), KERNEL_THREAD_FOREVER},
		{"3 (a) b) c" REST(KTHREAD, ALL), KERNEL_THREAD_NONE},
		{"3 (kworker/R-) x)" REST(KTHREAD, ALL), KERNEL_THREAD_FOREVER},
		/* The kernel is about to run a program in it. */
		{"9 (kworker/u8:1)" REST(KTHREAD, "0"), KERNEL_THREAD_NOW},
		/* It lets a signal through. */
		{"9 (md0_raid1)" REST(KTHREAD, "2147483391"), KERNEL_THREAD_NOW},
		{"9 (bash)" REST(PROGRAM, "0"), KERNEL_THREAD_NONE},
		{"9 (nohup)" REST(PROGRAM, ALL), KERNEL_THREAD_NONE},
		/* Names that look like the rest of a line. */
		{"9 (x) S 2 0 0 0 -1 " KTHREAD ")" REST(PROGRAM, "0"), KERNEL_THREAD_NONE},
		{"9 (x\n9 (y)" REST(PROGRAM, ALL), KERNEL_THREAD_NONE},
		{"9 (cut) S 2 0 0 0 -1 " KTHREAD, KERNEL_THREAD_NOW},
		{"9 (cut) S 2 0", KERNEL_THREAD_NONE},
		{"9 (cut", KERNEL_THREAD_NONE},
		{"", KERNEL_THREAD_NONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(kernel_thread_kind(cases[i].line), cases[i].kind);
}

/* A process of ours whose line in the tree says what the test wants. */
static pid_t begin(const struct tree *tree, const char *rest, char directory[32])
{
	pid_t pid = fork();
	char path[64], line[512];

	assert_true(pid >= 0);
	if (pid == 0) {
		pause();
		_exit(0);
	}
	snprintf(directory, 32, "proc/%d", (int)pid);
	snprintf(path, sizeof(path), "%s/stat", directory);
	snprintf(line, sizeof(line), "%d (thread)%s", (int)pid, rest);
	tree_text(tree, path, line);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_remembered(void **state)
{
	_cleanup_openless_ struct openless openless = OPENLESS_INIT;
	const struct tree *tree = *state;
	char directories[3][32];
	pid_t pids[3];

	openless_open(&openless);
	for (size_t i = 0; i < ARRAY_SIZE(pids); i++) {
		pids[i] = begin(tree, REST(KTHREAD, ALL), directories[i]);
		assert_true(openless_has(&tree->root, &openless, pids[i], directories[i]));
	}
	/* Nobody looks at what is known. */
	tree_remove(tree, "proc");
	openless_refresh(&openless);
	for (size_t i = 0; i < ARRAY_SIZE(pids); i++)
		assert_true(openless_has(&tree->root, &openless, pids[i], directories[i]));
	assert_false(openless_has(&tree->root, NULL, pids[0], directories[0]));
	/* Another process may have the number of one that has ended. */
	end(pids[1]);
	openless_refresh(&openless);
	assert_true(openless_has(&tree->root, &openless, pids[0], directories[0]));
	assert_false(openless_has(&tree->root, &openless, pids[1], directories[1]));
	assert_true(openless_has(&tree->root, &openless, pids[2], directories[2]));
	end(pids[0]);
	end(pids[2]);
	openless_refresh(&openless);
	assert_int_equal(openless.count, 0);
}

/* A copy of the descriptors, as a worker has it, keeps none of them alive. */
static void test_copied(void **state)
{
	_cleanup_openless_ struct openless openless = OPENLESS_INIT;
	const struct tree *tree = *state;
	char directory[32], unused[32];
	pid_t pid, worker;

	openless_open(&openless);
	pid = begin(tree, REST(KTHREAD, ALL), directory);
	assert_true(openless_has(&tree->root, &openless, pid, directory));
	worker = begin(tree, REST(PROGRAM, "0"), unused);
	end(pid);
	openless_refresh(&openless);
	assert_int_equal(openless.count, 0);
	openless_refresh(&openless);
	assert_int_equal(openless.count, 0);
	end(worker);
}

static void test_own(void **state)
{
	_cleanup_openless_ struct openless openless = OPENLESS_INIT;
	const struct tree *tree = *state;
	char directory[32];
	pid_t pid;

	openless_open(&openless);
	pid = begin(tree, REST(PROGRAM, "0"), directory);
	assert_false(openless_has(&tree->root, &openless, pid, directory));
	openless.own[1] = pid;
	assert_true(openless_has(&tree->root, &openless, pid, directory));
	assert_false(openless_has(&tree->root, NULL, pid, directory));
	openless.own[1] = 0;
	assert_false(openless_has(&tree->root, &openless, pid, directory));
	end(pid);
}

/* Whether a process whose line says this has nothing open; that is not remembered. */
static bool has_now(const struct tree *tree, struct openless *openless, const char *rest)
{
	char directory[32];
	pid_t pid = begin(tree, rest, directory);
	bool has = openless_has(&tree->root, openless, pid, directory);

	assert_int_equal(openless->count, 0);
	end(pid);
	return has;
}

static void test_not_remembered(void **state)
{
	_cleanup_openless_ struct openless openless = OPENLESS_INIT;
	const struct tree *tree = *state;

	openless_open(&openless);
	assert_true(has_now(tree, &openless, REST(KTHREAD, "0")));
	assert_false(has_now(tree, &openless, REST(PROGRAM, ALL)));
	/* Without room for more it is as if there was no memory. */
	openless.limit = 0;
	assert_true(has_now(tree, &openless, REST(KTHREAD, ALL)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test_setup_teardown(test_remembered, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_copied, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_own, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_not_remembered, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests_name("openless", tests, NULL, NULL);
}
