// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines, numbers and records below a root, from files of every length. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "observe_tree.h"
#include "snapshot/match.h"

#define LONG 10000
#define OFTEN 100000

static void test_lines(void **state)
{
	static const struct {
		const char *text, *line;
	} cases[] = {
		{"", ""},
		{"\n", ""},
		{"a", "a"},
		{"a\n", "a"},
		{"first\nsecond\n", "first"},
		{"1234567\n", "1234567"},
		{"1234567", "1234567"},
	};
	const struct tree *tree = *state;
	char line[8];

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		tree_text(tree, "file", cases[i].text);
		assert_int_equal(root_read_line(&tree->root, "file", line, sizeof(line)), 0);
		assert_string_equal(line, cases[i].line);
	}
	tree_text(tree, "file", "12345678\n");
	assert_int_equal(root_read_line(&tree->root, "file", line, sizeof(line)), -EOVERFLOW);
	tree_text(tree, "file", "12345678");
	assert_int_equal(root_read_line(&tree->root, "file", line, sizeof(line)), -EOVERFLOW);
	assert_int_equal(root_read_line(&tree->root, "none", line, sizeof(line)), -ENOENT);
}

/* Longer than what is read at once. */
static void test_long_line(void **state)
{
	const struct tree *tree = *state;
	static char text[LONG + 2], line[LONG + 1];

	memset(text, 'x', LONG);
	text[LONG] = '\n';
	tree_text(tree, "file", text);
	assert_int_equal(root_read_line(&tree->root, "file", line, sizeof(line)), 0);
	assert_int_equal(strlen(line), LONG);
	assert_int_equal(root_read_line(&tree->root, "file", line, LONG), -EOVERFLOW);
}

static void test_records(void **state)
{
	const struct tree *tree = *state;
	char text[8];

	tree_text(tree, "file", "a\nb\nc\n\n");
	assert_int_equal(root_read_record(&tree->root, "file", text, sizeof(text)), 0);
	assert_string_equal(text, "a\nb\nc\n\n");
	tree_text(tree, "file", "");
	assert_int_equal(root_read_record(&tree->root, "file", text, sizeof(text)), 0);
	assert_string_equal(text, "");
	/* Whether there is more behind it nobody has seen. */
	tree_text(tree, "file", "12345678");
	assert_int_equal(root_read_record(&tree->root, "file", text, sizeof(text)), -EFBIG);
	assert_int_equal(root_read_record(&tree->root, "none", text, sizeof(text)), -ENOENT);
}

/* What is out of reach neither exists nor is absent. */
static void test_presence(void **state)
{
	const struct tree *tree = *state;
	struct rlimit limit, none = {0};
	bool exists, absent;

	tree_text(tree, "file", "");
	tree_link(tree, "link", "file");
	tree_link(tree, "dangling", "none");
	tree_link(tree, "loop", "loop");
	assert_true(root_exists(&tree->root, "link"));
	assert_false(root_is_absent(&tree->root, "link"));
	assert_false(root_exists(&tree->root, "dangling"));
	assert_true(root_is_absent(&tree->root, "dangling"));
	assert_true(root_is_absent(&tree->root, "none"));
	assert_true(root_is_absent(&tree->root, "file/none"));
	assert_false(root_exists(&tree->root, "loop"));
	assert_false(root_is_absent(&tree->root, "loop"));
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none.rlim_max = limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	exists = root_exists(&tree->root, "file");
	absent = root_is_absent(&tree->root, "none");
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_false(exists);
	assert_false(absent);
	assert_true(root_is_absent(&tree->root, "none"));
}

static int count_match(const char *path, void *arg)
{
	(void)path;
	++*(int *)arg;
	return 0;
}

/* What cannot be reached is for whoever visits it to judge; that nothing can be is an error. */
static void test_matches(void **state)
{
	const struct tree *tree = *state;
	struct rlimit limit, none = {0};
	int count = 0, r;

	tree_text(tree, "in/a1/file", "");
	tree_link(tree, "in/a2/file", "file");
	tree_text(tree, "in/a3/other", "");
	assert_int_equal(match_each(&tree->root, "in/a*/file", count_match, &count), 0);
	assert_int_equal(count, 2);
	assert_int_equal(match_each(&tree->root, "none/*/file", count_match, &count), 0);
	assert_int_equal(match_each(&tree->root, "in/a1/file/*", count_match, &count), 0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none.rlim_max = limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	r = match_each(&tree->root, "in/a*/file", count_match, &count);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_int_equal(r, -EMFILE);
	assert_int_equal(count, 2);
}

/* Tells when it has begun, and ends with the test. */
static void __attribute__((noreturn)) rename_for_ever(const struct tree *tree, int begun)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		if (renameat(tree->root.fd, "one", tree->root.fd, "other") < 0 ||
		    renameat(tree->root.fd, "other", tree->root.fd, "one") < 0)
			_exit(1);
		if (begun >= 0)
			close(begun);
		begun = -1;
	}
}

/* What is renamed elsewhere meanwhile makes no file unreadable, nor one seem to be missing. */
static void test_links_on_a_busy_machine(void **state)
{
	const struct tree *tree = *state;
	unsigned int failed = 0;
	int begun[2];
	char byte;
	pid_t pid;

	tree_text(tree, "one", "");
	tree_text(tree, "devices/bridge/function/vendor", "0x8086\n");
	tree_link(tree, "bus/devices/link", "../../devices/bridge/function");
	assert_int_equal(pipe2(begun, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		rename_for_ever(tree, begun[1]);
	close(begun[1]);
	assert_int_equal(read(begun[0], &byte, 1), 0);
	close(begun[0]);
	for (unsigned int i = 0; i < OFTEN; i++) {
		uint64_t vendor;

		failed += root_read_u64(&tree->root, "bus/devices/link/vendor", &vendor) < 0;
	}
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lines, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_long_line, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_records, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_presence, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_matches, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_links_on_a_busy_machine, tree_set_up,
						tree_tear_down),
	};

	return cmocka_run_group_tests_name("root", tests, NULL, NULL);
}
