// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "model/counter.h"
#include "observe/counter_text.h"

static struct readings readings;
static struct step_evidence step;

static int tear_down(void **state)
{
	(void)state;
	readings_free(&readings);
	step_clear(&step);
	return 0;
}

static void assert_reading(const char *name, uint64_t value)
{
	for (size_t i = 0; i < readings.count; i++) {
		if (streq(readings.items[i].name, name)) {
			assert_int_equal(readings.items[i].value, value);
			return;
		}
	}
	fail_msg("no reading %s", name);
}

static void assert_unknown(const char *name)
{
	for (size_t i = 0; i < readings.count; i++)
		if (streq(readings.items[i].name, name)) {
			assert_string_equal(readings.items[i].why, "no total could be read");
			return;
		}
	fail_msg("no reading %s", name);
}

static void test_aer_errors(void **state)
{
	(void)state;
	assert_int_equal(readings_add_aer(&readings, "a",
					  "Undefined 0\nDLP 3\nUnsupReq 1\n"
					  "TOTAL_ERR_FATAL 4\n"),
			 0);
	assert_int_equal(readings.count, 3);
	assert_reading("a", 4);
	assert_reading("a:DLP", 3);
	assert_reading("a:UnsupReq", 1);
	readings_free(&readings);
	assert_int_equal(readings_add_aer(&readings, "b", "TOTAL_ERR_COR 0"), 0);
	assert_reading("b", 0);
	assert_int_equal(readings.count, 1);
}

/* Lines that are not "NAME N" are passed over; without a total it is not known. */
static void test_damaged_aer(void **state)
{
	static const char *const damaged[] = {
		"",
		"DLP 3\n",
		"XTOTAL_ERR_FATAL 4\n",
		"TOTAL_ERR_FATAL\n4\n",
		"TOTAL_ERR_FATAL -4\n",
		"TOTAL_ERR_FATAL 4x\n",
		"TOTAL_ERR_FATAL 4 \n",
		"TOTAL_ERR_FATAL  4\n",
		"TOTAL_ERR_FATAL 99999999999999999999\n",
		"\n\n \n5\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(damaged); i++) {
		assert_int_equal(readings_add_aer(&readings, "a", damaged[i]), 0);
		assert_true(readings_has(&readings, "a"));
		assert_unknown("a");
		readings_free(&readings);
	}
}

static void read_one(const char *name, uint64_t value)
{
	assert_int_equal(readings_add(&readings, name, value), 0);
}

static const struct counter *counter(const char *name)
{
	for (size_t i = 0; i < step.counter_count; i++)
		if (streq(step.counters[i].name, name))
			return &step.counters[i];
	return NULL;
}

static void test_before_and_after(void **state)
{
	(void)state;
	read_one("warn_count", 5);
	read_one("gone", 1);
	read_one("aer:0000:01:00.0:fatal", 2);
	assert_int_equal(counters_before(&step, &readings), 0);
	assert_int_equal(step.counter_count, 3);
	assert_int_equal(counter("warn_count")->before, 5);
	assert_int_equal(counter("warn_count")->after, 5);

	readings_free(&readings);
	read_one("irq:dmar1", 3);
	read_one("aer:0000:01:00.0:fatal", 2);
	read_one("warn_count", 7);
	assert_int_equal(counters_after(&step, &readings), 0);
	assert_int_equal(step.counter_count, 4);
	assert_int_equal(counter("warn_count")->before, 5);
	assert_int_equal(counter("warn_count")->after, 7);
	assert_string_equal(counter("warn_count")->why, "");
	assert_int_equal(counter("aer:0000:01:00.0:fatal")->after, 2);
	assert_int_equal(counter("irq:dmar1")->before, 0);
	assert_int_equal(counter("irq:dmar1")->after, 3);
	assert_string_equal(counter("gone")->why, "it was gone afterwards");
}

/* Not known at one of the two times is not known at all. */
static void test_unknown(void **state)
{
	(void)state;
	assert_int_equal(readings_take(&readings, "first", -EACCES, 5), 0);
	read_one("second", 5);
	assert_int_equal(readings_take(&readings, "absent", -ENOENT, 5), 0);
	assert_int_equal(readings_take(&readings, "absent", -ENOMEM, 5), -ENOMEM);
	assert_int_equal(counters_before(&step, &readings), 0);
	assert_int_equal(step.counter_count, 2);
	readings_free(&readings);
	read_one("first", 5);
	assert_int_equal(readings_unknown(&readings, "second", "because"), 0);
	assert_int_equal(counters_after(&step, &readings), 0);
	assert_string_equal(counter("first")->why, "reading it: EACCES");
	assert_string_equal(counter("second")->why, "because");
	assert_string_equal(counter_unknown(counter("second")), "because");
	assert_int_equal(counter_delta(counter("second")), 0);
}

/* Of the errors of a function only those stay that rose. */
static void test_details(void **state)
{
	(void)state;
	read_one("aer:0000:01:00.0:fatal", 2);
	read_one("aer:0000:01:00.0:fatal:DLP", 1);
	read_one("aer:0000:01:00.0:fatal:TLP", 1);
	read_one("aer:0000:01:00.0:fatal:gone", 1);
	assert_int_equal(counters_before(&step, &readings), 0);
	assert_int_equal(step.counter_count, 4);
	readings_free(&readings);
	read_one("aer:0000:01:00.0:fatal", 3);
	read_one("aer:0000:01:00.0:fatal:DLP", 1);
	read_one("aer:0000:01:00.0:fatal:TLP", 2);
	read_one("aer:0000:01:00.0:fatal:new", 0);
	assert_int_equal(counters_after(&step, &readings), 0);
	assert_int_equal(step.counter_count, 2);
	assert_int_equal(counter_delta(counter("aer:0000:01:00.0:fatal")), 1);
	assert_int_equal(counter_delta(counter("aer:0000:01:00.0:fatal:TLP")), 1);
}

/* One that had never come before is not read then. */
static void test_details_of_a_first_error(void **state)
{
	(void)state;
	assert_int_equal(readings_add_aer(&readings, "aer:0000:01:00.0:fatal",
					  "DLP 0\nTLP 1\nTOTAL_ERR_FATAL 1\n"),
			 0);
	assert_int_equal(counters_before(&step, &readings), 0);
	readings_free(&readings);
	assert_int_equal(readings_add_aer(&readings, "aer:0000:01:00.0:fatal",
					  "DLP 2\nTLP 1\nTOTAL_ERR_FATAL 3\n"),
			 0);
	assert_int_equal(counters_after(&step, &readings), 0);
	assert_int_equal(step.counter_count, 2);
	assert_int_equal(counter_delta(counter("aer:0000:01:00.0:fatal")), 2);
	assert_int_equal(counter_delta(counter("aer:0000:01:00.0:fatal:DLP")), 2);
	assert_null(counter_unknown(counter("aer:0000:01:00.0:fatal:DLP")));
}

static void test_all_gone(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 9; i++) {
		char name[16];

		snprintf(name, sizeof(name), "c%u", i);
		read_one(name, i);
	}
	assert_int_equal(counters_before(&step, &readings), 0);
	readings_free(&readings);
	assert_int_equal(counters_after(&step, &readings), 0);
	assert_int_equal(step.counter_count, 9);
	for (size_t i = 0; i < step.counter_count; i++)
		assert_non_null(counter_unknown(&step.counters[i]));
}

static void test_deltas(void **state)
{
	static const struct {
		struct counter counter;
		uint64_t delta;
		bool known;
	} cases[] = {
		{{"irq:dmar0", 5, 35, ""}, 30, true},
		{{"irq:dmar0", 5, 5, ""}, 0, true},
		/* A CPU or a module went, a device came back, 32 bits were full. */
		{{"irq:dmar0", 35, 5, ""}, 0, false},
		{{"irq:dmar0", UINT32_MAX, 1, ""}, 0, false},
		{{"irq:dmar0", 0, UINT64_MAX, ""}, UINT64_MAX, true},
		{{"irq:dmar0", 5, 35, "why"}, 0, false},
		{{"tainted", 512, 512, ""}, 0, true},
		{{"tainted", 512, 640, ""}, 128, true},
		{{"tainted", 4096, 512, ""}, 512, true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_true(counter_delta(&cases[i].counter) == cases[i].delta);
		assert_true((counter_unknown(&cases[i].counter) == NULL) == cases[i].known);
	}
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_aer_errors), TEST(test_damaged_aer), TEST(test_before_and_after),
		TEST(test_unknown),    TEST(test_details),     TEST(test_details_of_a_first_error),
		TEST(test_all_gone),   TEST(test_deltas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
