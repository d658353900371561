// SPDX-License-Identifier: GPL-2.0-or-later
/* Which signals end a run. What was caught stays caught, so each case is a process of its own. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/attr.h"
#include "cli/signals.h"

struct signal_case {
	bool ignored; /* SIGHUP, as nohup(1) leaves it */
	bool outlives;
	int numbers[4]; /* sent one after the other */
	bool closed;	/* what must come of it */
	int caught;
	bool insist;
};

static bool holds(const struct signal_case *c)
{
	signal(SIGHUP, c->ignored ? SIG_IGN : SIG_DFL);
	if (c->outlives)
		signals_outlive_terminal();
	signals_catch();
	for (size_t i = 0; i < ARRAY_SIZE(c->numbers) && c->numbers[i]; i++)
		raise(c->numbers[i]);
	return signals_terminal_closed() == c->closed && signals_caught() == c->caught &&
	       signals_insist() == c->insist;
}

static void check(const struct signal_case *c)
{
	pid_t child = fork();
	int status = -1;

	assert_int_not_equal(child, -1);
	if (child == 0)
		_exit(holds(c) ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void one_run(void **state)
{
	(void)state;
	check(&(struct signal_case){.numbers = {0}});
	check(&(struct signal_case){.numbers = {SIGHUP}, .caught = SIGHUP});
	/* A terminal that goes away sends it twice. */
	check(&(struct signal_case){.numbers = {SIGHUP, SIGHUP}, .caught = SIGHUP});
	check(&(struct signal_case){
		.numbers = {SIGHUP, SIGTERM}, .caught = SIGHUP, .insist = true});
	check(&(struct signal_case){.numbers = {SIGINT, SIGINT}, .caught = SIGINT, .insist = true});
}

static void a_run_that_repeats(void **state)
{
	(void)state;
	check(&(struct signal_case){.outlives = true, .numbers = {SIGHUP, SIGHUP}, .closed = true});
	check(&(struct signal_case){.outlives = true, .numbers = {SIGINT}, .caught = SIGINT});
	check(&(struct signal_case){
		.outlives = true, .numbers = {SIGHUP, SIGTERM}, .closed = true, .caught = SIGTERM});
	check(&(struct signal_case){.outlives = true,
				    .numbers = {SIGHUP, SIGTERM, SIGHUP},
				    .closed = true,
				    .caught = SIGTERM});
	check(&(struct signal_case){.outlives = true,
				    .numbers = {SIGTERM, SIGHUP, SIGINT},
				    .closed = true,
				    .caught = SIGTERM,
				    .insist = true});
}

/* ^Z stops the process where it says that it may be stopped, and once. */
static void stopped_later(void **state)
{
	pid_t child = fork();
	int status = -1;

	(void)state;
	assert_int_not_equal(child, -1);
	if (child == 0) {
		/* The kernel stops none of an orphaned group. */
		setpgid(0, 0);
		signals_catch();
		raise(SIGTSTP);
		signals_stop_if_told();
		signals_stop_if_told();
		_exit(signals_caught() ? 1 : 0);
	}
	assert_int_equal(waitpid(child, &status, WUNTRACED), child);
	assert_true(WIFSTOPPED(status));
	kill(child, SIGCONT);
	assert_int_equal(waitpid(child, &status, WUNTRACED), child);
	assert_int_equal(status, 0);
}

/* A write that nobody takes ends with a signal once the run is over. */
static void waits_end(void **state)
{
	pid_t child = fork();
	int status = -1;

	(void)state;
	assert_int_not_equal(child, -1);
	if (child == 0) {
		/* Once more, should the first come before the wait. */
		const struct itimerval often = {{0, 100000}, {0, 100000}};
		char block[65536] = {0};
		int ends[2];

		signals_catch();
		signals_end_waits();
		setitimer(ITIMER_REAL, &often, NULL);
		if (pipe(ends) < 0)
			_exit(1);
		while (write(ends[1], block, sizeof(block)) == (ssize_t)sizeof(block))
			continue;
		_exit(signals_caught() == SIGALRM ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void nohup(void **state)
{
	(void)state;
	check(&(struct signal_case){.ignored = true, .numbers = {SIGHUP}});
	check(&(struct signal_case){.ignored = true, .outlives = true, .numbers = {SIGHUP}});
	check(&(struct signal_case){.ignored = true,
				    .outlives = true,
				    .numbers = {SIGHUP, SIGTERM},
				    .caught = SIGTERM});
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_run),	 cmocka_unit_test(a_run_that_repeats),
		cmocka_unit_test(stopped_later), cmocka_unit_test(waits_end),
		cmocka_unit_test(nohup),
	};

	/* As for whoever has not put the tests into the background. */
	signal(SIGINT, SIG_DFL);
	signal(SIGTSTP, SIG_DFL);
	return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
