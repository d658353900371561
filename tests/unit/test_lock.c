// SPDX-License-Identifier: GPL-2.0-or-later
/* The lock and the state directory on machines that lack what others have. Needs root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "cli/lock.h"
#include "journal/statedir.h"

#define ORPHAN_LIVES_US 500000
#define NOBODY 65534

static char top[] = "/tmp/test_lock.XXXXXX";

/* Runs @test in an empty root directory of @mode; a failed step is its exit status. */
static void run_in(mode_t mode, int (*test)(const struct root *root))
{
	_cleanup_root_ struct root root = ROOT_INIT;
	int status;
	pid_t pid;

	if (geteuid() != 0)
		skip();
	assert_int_equal(root_open(&root, NULL), 0);
	assert_int_equal(chmod(top, mode), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(chroot(top) < 0 || chdir("/") < 0 ? 99 : test(&root));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static int take_without_run(const struct root *root)
{
	struct lock lock = LOCK_INIT;
	struct stat status;

	if (lock_take("test", root, &lock) < 0)
		return 1;
	return stat(LOCK_DIR, &status) == 0 && (status.st_mode & 0777) == 0755 ? 0 : 2;
}

static void test_without_run(void **state)
{
	(void)state;
	run_in(0755, take_without_run);
}

/* The owner died and nobody has waited for it; what it started holds the lock a little longer. */
static int take_after_zombie(const struct root *root)
{
	struct lock lock = LOCK_INIT;
	siginfo_t info;
	pid_t owner = fork();

	if (owner == 0) {
		if (lock_take("test", root, &lock) < 0)
			_exit(1);
		if (fork() == 0)
			usleep(ORPHAN_LIVES_US);
		_exit(0);
	}
	if (owner < 0 || waitid(P_PID, (id_t)owner, &info, WEXITED | WNOWAIT) < 0)
		return 1;
	if (info.si_status != 0)
		return 2;
	return lock_take("test", root, &lock) < 0 ? 3 : 0;
}

static void test_after_zombie(void **state)
{
	(void)state;
	run_in(0755, take_after_zombie);
}

/* Who sees another /run, and has taken the file there, still meets the bus. */
static int take_elsewhere(const struct root *root)
{
	struct lock lock = LOCK_INIT, other = LOCK_INIT;

	if (lock_take("test", root, &lock) < 0)
		return 1;
	if (unlink(LOCK_PATH) < 0)
		return 2;
	if (lock_take("test", root, &other) == 0)
		return 3;
	lock_release(&other);
	lock_release(&lock);
	return lock_take("test", root, &lock) < 0 ? 4 : 0;
}

static void test_elsewhere(void **state)
{
	(void)state;
	run_in(0755, take_elsewhere);
}

/* A process that puts back what a run left is alive, and is waited for all the same. */
static int take_from_restorer(const struct root *root)
{
	struct lock lock = LOCK_INIT;
	pid_t owner = fork();

	if (owner == 0) {
		/* It holds the lock in place of one that is over, and is alive itself. */
		if (lock_take("test", root, &lock) < 0)
			_exit(1);
		if (fork() == 0) {
			lock_pass_on(root);
			usleep(ORPHAN_LIVES_US);
		}
		_exit(0);
	}
	if (owner < 0 || waitpid(owner, NULL, 0) != owner)
		return 1;
	return lock_take("test", root, &lock) < 0 ? 3 : 0;
}

static void test_from_restorer(void **state)
{
	(void)state;
	run_in(0755, take_from_restorer);
}

/* Locks all of the bus that anybody may open, until it is killed. Returns its id. */
static pid_t lock_as_nobody(const struct root *root)
{
	pid_t nobody;
	char told;
	int ends[2];

	if (pipe(ends) < 0)
		return -1;
	nobody = fork();
	if (nobody == 0) {
		static const char *const paths[] = {"sys/bus/pci", "sys/bus/pci/rescan"};

		if (setgid(NOBODY) < 0 || setuid(NOBODY) < 0)
			_exit(1);
		for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
			int fd = root_open_file(root, paths[i], O_RDONLY);

			if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0)
				_exit(1);
		}
		(void)!write(ends[1], "", 1);
		pause();
	}
	close(ends[1]);
	if (nobody > 0 && read(ends[0], &told, 1) != 1) {
		kill(nobody, SIGKILL);
		nobody = -1;
	}
	close(ends[0]);
	return nobody;
}

static int take_beside_nobody(const struct root *root)
{
	struct lock lock = LOCK_INIT;
	pid_t nobody = lock_as_nobody(root);
	int r;

	if (nobody < 0)
		return 1;
	r = lock_take("test", root, &lock);
	lock_release(&lock);
	kill(nobody, SIGKILL);
	return waitpid(nobody, NULL, 0) != nobody ? 2 : r < 0 ? 3 : 0;
}

/* Who is not root cannot keep root from resetting, nor from putting things back. */
static void test_beside_nobody(void **state)
{
	(void)state;
	/* Where sysfs cannot be written to there is nothing to keep anybody from. */
	if (access("/sys/bus/pci/rescan", W_OK) < 0)
		skip();
	run_in(0755, take_beside_nobody);
}

static int open_statedir(const struct root *root)
{
	char why[WHY_MAX];

	(void)root;
	umask(022);
	return statedir_open("/var/lib/x", true, why) < 0 ? 1 : 0;
}

static int open_open_statedir(const struct root *root)
{
	char why[WHY_MAX];

	(void)root;
	if (mkdir("/open", 0777) < 0 || chmod("/open", 0777) < 0)
		return 1;
	return statedir_open("/open/x", true, why) < 0 ? 0 : 2;
}

/* The root directory of an initramfs has whatever mode its builder had. */
static void test_open_root(void **state)
{
	(void)state;
	run_in(0777, open_statedir);
	run_in(0777, open_open_statedir);
}

static int make_top(void **state)
{
	(void)state;
	return mkdtemp(top) ? 0 : -1;
}

static int remove_top(void **state)
{
	static const char *const made[] = {LOCK_PATH,  LOCK_DIR, "/var/lib/x",
					   "/var/lib", "/var",	 "/open"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(made); i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s%s", top, made[i]);
		(void)remove(path);
	}
	return rmdir(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_run),   cmocka_unit_test(test_after_zombie),
		cmocka_unit_test(test_elsewhere),     cmocka_unit_test(test_from_restorer),
		cmocka_unit_test(test_beside_nobody), cmocka_unit_test(test_open_root),
	};

	return cmocka_run_group_tests_name("lock", tests, make_top, remove_top);
}
