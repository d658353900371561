// SPDX-License-Identifier: GPL-2.0-or-later
/* How often the plan is repeated. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <time.h>

#include "cli/rounds.h"
#include "cli/signals.h"

#define MS 1000000ULL

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
}

/* Rounds without work, but no more than @max. */
static unsigned int count_rounds(const struct rounds_options *options, unsigned int max)
{
	struct rounds rounds;

	rounds_begin(&rounds, options);
	assert_false(rounds_over(&rounds));
	while (rounds.round < max && rounds_next(&rounds))
		;
	return rounds.round;
}

static void how_often(void **state)
{
	(void)state;
	assert_int_equal(count_rounds(&(struct rounds_options){0}, 10), 1);
	assert_int_equal(count_rounds(&(struct rounds_options){.loops = 1}, 10), 1);
	assert_int_equal(count_rounds(&(struct rounds_options){.loops = 7}, 10), 7);
	assert_int_equal(count_rounds(&(struct rounds_options){.loops = 1, .until_fail = true}, 10),
			 1);
	assert_int_equal(count_rounds(&(struct rounds_options){.until_fail = true}, 10), 10);
	assert_int_equal(
		count_rounds(&(struct rounds_options){.loops = 3, .duration_ns = UINT64_MAX}, 10),
		3);
	assert_int_equal(count_rounds(&(struct rounds_options){.duration_ns = 1}, 10), 1);
	assert_int_equal(count_rounds(&(struct rounds_options){.duration_ns = UINT64_MAX}, 10), 10);
	/* The next round would begin when the time is up. */
	assert_int_equal(count_rounds(&(struct rounds_options){.duration_ns = 3600000 * MS,
							       .interval_ns = 3600000 * MS},
				      10),
			 1);
	assert_int_equal(count_rounds(&(struct rounds_options){.duration_ns = 3600000 * MS,
							       .interval_ns = UINT64_MAX},
				      10),
			 1);
}

static void time_passes(void **state)
{
	struct rounds_options options = {.loops = 4, .interval_ns = 30 * MS};
	uint64_t begin_ns = now_ns();
	struct rounds rounds;

	(void)state;
	assert_int_equal(count_rounds(&options, 10), 4);
	assert_true(now_ns() - begin_ns >= 90 * MS);
	options = (struct rounds_options){.duration_ns = 3600000 * MS};
	rounds_begin(&rounds, &options);
	assert_true(rounds_next(&rounds));
	assert_false(rounds_over(&rounds));
	options = (struct rounds_options){.duration_ns = 100 * MS};
	begin_ns = now_ns();
	rounds_begin(&rounds, &options);
	/* Whoever is kept from running here begins no second round. */
	rounds.round = 2;
	while (!rounds_over(&rounds))
		;
	assert_true(now_ns() - begin_ns >= 100 * MS);
	assert_false(rounds_next(&rounds));
}

/* It does not wait for the end of a long pause. */
static void a_signal_in_the_pause(void **state)
{
	struct rounds_options options = {.loops = 2, .interval_ns = 3600000 * MS};
	struct itimerspec in_50_ms = {.it_value.tv_nsec = 50 * (long)MS};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
	uint64_t begin_ns = now_ns();
	timer_t timer;

	(void)state;
	signals_catch();
	assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
	assert_int_equal(timer_settime(timer, 0, &in_50_ms, NULL), 0);
	assert_int_equal(count_rounds(&options, 10), 1);
	assert_true(now_ns() - begin_ns < 3600000 * MS / 2);
	timer_delete(timer);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(how_often),
		cmocka_unit_test(time_passes),
		/* Last: what was caught stays caught. */
		cmocka_unit_test(a_signal_in_the_pause),
	};

	return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
