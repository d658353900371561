// SPDX-License-Identifier: GPL-2.0-or-later
/* What is a trend, and what is noise. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/totals.h"

#define MS 1000000ULL
#define RUNS 2000

static uint64_t state = 1;

/* 0 .. @limit - 1; the same in each run of the test. */
static uint64_t any(uint64_t limit)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (state >> 33) % limit;
}

static void add(struct drift *drift, uint64_t duration_ns)
{
	assert_int_equal(drift_add_reset(drift, duration_ns), 0);
}

static enum trend latency_of(uint64_t (*duration)(unsigned int index), unsigned int count)
{
	struct drift drift = {0};
	enum trend trend;

	for (unsigned int i = 0; i < count; i++)
		add(&drift, duration(i));
	trend = drift_judge(&drift).latency;
	drift_clear(&drift);
	return trend;
}

static uint64_t even(unsigned int index)
{
	(void)index;
	return 80 * MS + any(40 * MS);
}

/* One in ten takes up to a hundred times as long. */
static uint64_t outliers(unsigned int index)
{
	(void)index;
	return any(10) ? 100 * MS + any(MS) : any(10000 * MS);
}

/* A reset that takes either so or twice as long. */
static uint64_t two_speeds(unsigned int index)
{
	(void)index;
	return any(100) < 60 ? 100 * MS : 200 * MS;
}

static uint64_t slow_to_begin(unsigned int index)
{
	return (index < 8 ? 300 : 100) * MS + any(10 * MS);
}

static uint64_t faster(unsigned int index)
{
	return (200 - index / 10) * MS;
}

static void noise(void **unused)
{
	static uint64_t (*const noises[])(unsigned int) = {even, outliers, two_speeds,
							   slow_to_begin};

	(void)unused;
	for (size_t i = 0; i < sizeof(noises) / sizeof(*noises); i++)
		for (unsigned int run = 0; run < RUNS; run++)
			assert_int_equal(latency_of(noises[i], 128 + (unsigned int)any(300)),
					 TREND_NONE);
	assert_int_equal(latency_of(faster, 1000), TREND_NONE);
}

static uint64_t ramp(unsigned int index)
{
	return even(index) + index * MS / 10;
}

static uint64_t from_then_on(unsigned int index)
{
	return two_speeds(index) * (index < 200 ? 1 : 4);
}

static void a_ramp(void **unused)
{
	(void)unused;
	for (unsigned int run = 0; run < RUNS; run++) {
		assert_int_equal(latency_of(ramp, 1000), TREND_WORSE);
		assert_int_equal(latency_of(from_then_on, 300), TREND_WORSE);
	}
}

/* 64 that take as long as @first, some that do not matter, and 64 like @last. */
static struct drift_result compare(uint64_t first_ns, uint64_t last_ns, unsigned int between)
{
	struct drift drift = {0};
	struct drift_result result;

	for (unsigned int i = 0; i < DRIFT_WINDOW; i++)
		add(&drift, first_ns);
	for (unsigned int i = 0; i < between; i++)
		add(&drift, any(1000 * MS));
	for (unsigned int i = 0; i < DRIFT_WINDOW; i++)
		add(&drift, last_ns);
	result = drift_judge(&drift);
	drift_clear(&drift);
	return result;
}

static void limits(void **unused)
{
	struct drift_result result = compare(100 * MS, 125 * MS, 1000);

	(void)unused;
	assert_int_equal(result.latency, TREND_NONE);
	assert_int_equal(result.first_median_ns, 100 * MS);
	assert_int_equal(result.last_median_ns, 125 * MS);
	assert_int_equal(compare(100 * MS, 125 * MS + 1, 0).latency, TREND_WORSE);
	assert_int_equal(compare(100 * MS, 125 * MS + 1, 77).latency, TREND_WORSE);
	assert_int_equal(compare(0, 1, 0).latency, TREND_WORSE);
	assert_int_equal(compare(UINT64_MAX, UINT64_MAX, 0).latency, TREND_NONE);
	assert_int_equal(compare(UINT64_MAX / 2, UINT64_MAX, 0).latency, TREND_WORSE);
}

static void too_few(void **unused)
{
	struct drift drift = {0};
	struct drift_result result = drift_judge(&drift);

	(void)unused;
	assert_int_equal(result.latency, TREND_UNKNOWN);
	assert_int_equal(result.waits, TREND_UNKNOWN);
	for (unsigned int i = 0; i < 2 * DRIFT_WINDOW; i++) {
		result = drift_judge(&drift);
		assert_int_equal(result.latency, TREND_UNKNOWN);
		assert_int_equal(result.waits, TREND_UNKNOWN);
		assert_int_equal(result.last_median_ns, 0);
		add(&drift, i * MS);
		drift_add_step(&drift, i >= DRIFT_WINDOW);
	}
	result = drift_judge(&drift);
	assert_int_equal(result.latency, TREND_WORSE);
	assert_int_equal(result.waits, TREND_WORSE);
	drift_clear(&drift);
	drift_clear(&drift);
	assert_int_equal(drift_judge(&drift).latency, TREND_UNKNOWN);
}

/* So many of the first 64, of those between and of the last 64 steps had to wait. */
static struct drift_result wait_in(unsigned int first, unsigned int between, unsigned int last)
{
	struct drift drift = {0};

	for (unsigned int i = 0; i < DRIFT_WINDOW; i++)
		drift_add_step(&drift, i < first);
	for (unsigned int i = 0; i < 100; i++)
		drift_add_step(&drift, i < between);
	for (unsigned int i = 0; i < DRIFT_WINDOW; i++)
		drift_add_step(&drift, i % 2 ? i / 2 < last : last > 32 + i / 2);
	return drift_judge(&drift);
}

static void waits(void **unused)
{
	struct drift_result result = wait_in(5, 100, 22);

	(void)unused;
	assert_int_equal(result.first_waits, 5);
	assert_int_equal(result.last_waits, 22);
	assert_int_equal(result.waits, TREND_WORSE);
	assert_int_equal(wait_in(5, 100, 20).waits, TREND_NONE);
	assert_int_equal(wait_in(0, 100, 9).waits, TREND_NONE);
	assert_int_equal(wait_in(0, 0, 10).waits, TREND_WORSE);
	assert_int_equal(wait_in(64, 0, 64).waits, TREND_NONE);
	assert_int_equal(wait_in(64, 100, 0).waits, TREND_NONE);
	assert_int_equal(wait_in(0, 100, 0).waits, TREND_NONE);
}

/* A step of two functions, the first of which is reset in the same time each time. */
static void add_together(struct totals *totals, uint64_t second_ns)
{
	struct step_evidence step = {
		.scenario = SCENARIO_SINGLE,
		.method = "flr",
		.subject_count = 2,
		.log_state = {.readable = true},
		.subjects = {{.function = "0000:01:00.0", .started = true, .end_ns = 100 * MS},
			     {.function = "0000:02:00.0", .started = true, .end_ns = second_ns}},
	};

	assert_int_equal(totals_add(totals, &step, STEP_PASS, false), 0);
}

static void each_by_itself(void **unused)
{
	struct totals totals = {0};
	struct drift_result result;
	size_t index;

	(void)unused;
	for (unsigned int i = 0; i < 2 * DRIFT_WINDOW; i++) {
		if (totals.series_count) {
			result = series_drift(totals.series, &index);
			assert_int_equal(result.latency, TREND_UNKNOWN);
		}
		add_together(&totals, i < DRIFT_WINDOW ? 100 * MS : 200 * MS);
	}
	assert_int_equal(totals.series_count, 1);
	assert_int_equal(totals.series->latency.count, 4 * DRIFT_WINDOW);
	result = series_drift(totals.series, &index);
	assert_int_equal(index, 1);
	assert_int_equal(result.latency, TREND_WORSE);
	assert_int_equal(result.first_median_ns, 100 * MS);
	assert_int_equal(result.last_median_ns, 200 * MS);
	assert_int_equal(drift_judge(&totals.series->drifts[0]).latency, TREND_NONE);
	totals_clear(&totals);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(noise),  cmocka_unit_test(a_ramp),
		cmocka_unit_test(limits), cmocka_unit_test(too_few),
		cmocka_unit_test(waits),  cmocka_unit_test(each_by_itself),
	};

	return cmocka_run_group_tests_name("drift", tests, NULL, NULL);
}
