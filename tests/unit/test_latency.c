// SPDX-License-Identifier: GPL-2.0-or-later
/* The histogram of durations against the exact quantiles of what went into it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>

#include "model/latency.h"

#define SAMPLES 20000

static uint64_t seed = 88172645463325252ULL;

/* xorshift64: the same numbers in every run. */
static uint64_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static int compare(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return (one > other) - (one < other);
}

static uint64_t exact(const uint64_t *sorted, size_t count, unsigned int permille)
{
	size_t rank = (count * permille + 999) / 1000;

	return sorted[rank ? rank - 1 : 0];
}

static double worst;

/* Bins between any bounds hold all samples, and each about as many as it must. */
static void check_counts(const struct latency *latency, const uint64_t *sorted, size_t count)
{
	uint64_t last = 0;

	for (size_t i = 0; i < count; i += count / 50 + 1) {
		uint64_t to = latency_count_to(latency, sorted[i]);
		size_t least = i, most = i;

		while (least > 0 && sorted[least - 1] + sorted[i] / 32 + 1024 > sorted[i])
			least--;
		while (most + 1 < count && sorted[most + 1] < sorted[i] + sorted[i] / 32 + 1024)
			most++;
		assert_true(to >= last && to >= least && to <= most + 1);
		last = to;
	}
	assert_int_equal(latency_count_to(latency, sorted[count - 1]), count);
	assert_int_equal(latency_count_to(latency, UINT64_MAX), count);
	if (sorted[0])
		assert_int_equal(latency_count_to(latency, sorted[0] - 1), 0);
}

/* What the header promises. */
static void check_quantiles(uint64_t *samples, size_t count)
{
	static const unsigned int permilles[] = {0, 1, 10, 250, 500, 900, 990, 999, 1000};
	struct latency latency = {0};
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		assert_int_equal(latency_add(&latency, samples[i]), 0);
	qsort(samples, count, sizeof(*samples), compare);
	assert_int_equal(latency.count, count);
	assert_int_equal(latency.min_ns, samples[0]);
	assert_int_equal(latency.max_ns, samples[count - 1]);
	/* Powers of two are limits between buckets. */
	for (unsigned int bits = 15; bits <= 46; bits++) {
		uint64_t below = 0;

		for (size_t i = 0; i < count; i++)
			below += samples[i] < 1ULL << bits;
		assert_int_equal(latency_count_to(&latency, (1ULL << bits) - 1), below);
	}
	for (size_t i = 0; i < count; i++)
		sum += samples[i];
	assert_int_equal(latency.sum_ns, sum);
	check_counts(&latency, samples, count);
	for (size_t i = 0; i < ARRAY_SIZE(permilles); i++) {
		uint64_t want = exact(samples, count, permilles[i]);
		uint64_t got = latency_quantile_ns(&latency, permilles[i]);
		uint64_t off = got > want ? got - want : want - got;

		assert_true(off <= want / 64 + 512);
		if (want > 1000000 && (double)off / (double)want > worst)
			worst = (double)off / (double)want;
	}
	latency_clear(&latency);
	assert_int_equal(latency.count, 0);
}

static void against_exact(void **state)
{
	uint64_t *samples = calloc(SAMPLES, sizeof(*samples));

	(void)state;
	assert_non_null(samples);
	/* Resets: 100 ms and a little; now and then one that is late. */
	for (size_t i = 0; i < SAMPLES; i++)
		samples[i] = 104000000 + next_random() % 9000000 +
			     (next_random() % 200 ? 0 : next_random() % 60000000000);
	check_quantiles(samples, SAMPLES);
	/* Every size from a nanosecond to a day. */
	for (size_t i = 0; i < SAMPLES; i++)
		samples[i] = next_random() >> (18 + next_random() % 46);
	check_quantiles(samples, SAMPLES);
	for (size_t i = 0; i < SAMPLES; i++)
		samples[i] = i;
	check_quantiles(samples, SAMPLES);
	for (size_t i = 0; i < SAMPLES; i++)
		samples[i] = 1ULL << (i % 47);
	check_quantiles(samples, SAMPLES);
	free(samples);
	print_message("# worst error of a quantile above 1 ms: %.2f %%\n", worst * 100);
}

static void few(void **state)
{
	uint64_t samples[20];

	(void)state;
	for (size_t count = 1; count <= ARRAY_SIZE(samples); count++) {
		for (size_t i = 0; i < count; i++)
			samples[i] = (count - i) * 1000000;
		check_quantiles(samples, count);
	}
}

static void nothing(void **state)
{
	struct latency latency = {0};

	(void)state;
	assert_int_equal(latency_quantile_ns(&latency, 500), 0);
	latency_clear(&latency);
}

/* Beyond what the buckets reach the maximum is still exact. */
static void endless(void **state)
{
	struct latency latency = {0};

	(void)state;
	assert_int_equal(latency_add(&latency, UINT64_MAX), 0);
	assert_int_equal(latency_add(&latency, 5), 0);
	assert_int_equal(latency_add(&latency, UINT64_MAX - 1), 0);
	assert_int_equal(latency_quantile_ns(&latency, 1000), UINT64_MAX);
	assert_int_equal(latency_quantile_ns(&latency, 0), 5);
	assert_true(latency_quantile_ns(&latency, 500) > 1ULL << 46);
	latency_clear(&latency);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(against_exact),
		cmocka_unit_test(few),
		cmocka_unit_test(nothing),
		cmocka_unit_test(endless),
	};

	return cmocka_run_group_tests_name("latency", tests, NULL, NULL);
}
