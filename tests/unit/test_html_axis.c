// SPDX-License-Identifier: GPL-2.0-or-later
/* Where times stand in a drawing. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/attr.h"
#include "render/html_axis.h"

#define MS 1000000LL
#define LEFT 150.0
#define WIDTH 800.0

static void order(void **state)
{
	struct html_axis axis = html_axis_make(-2 * MS, 98 * MS, LEFT, WIDTH);
	double begin = html_axis_x(&axis, -2 * MS), middle = html_axis_x(&axis, 48 * MS);
	double end = html_axis_x(&axis, 98 * MS);

	(void)state;
	assert_true(begin > LEFT && begin < LEFT + 40);
	assert_true(end < LEFT + WIDTH && end > LEFT + WIDTH - 40);
	assert_true(middle - (LEFT + WIDTH / 2) < 0.1 && (LEFT + WIDTH / 2) - middle < 0.1);
	assert_true(begin < middle && middle < end);
}

static void off_the_axis(void **state)
{
	struct html_axis axis = html_axis_make(0, 10 * MS, LEFT, WIDTH);

	(void)state;
	assert_true(html_axis_x(&axis, -1000 * MS) == LEFT);
	assert_true(html_axis_x(&axis, INT64_MIN) == LEFT);
	assert_true(html_axis_x(&axis, 1000 * MS) == LEFT + WIDTH);
	assert_true(html_axis_x(&axis, INT64_MAX) == LEFT + WIDTH);
}

/* However long or short a step: a few ticks, all of them on the axis, at round numbers. */
static void ticks(void **state)
{
	static const struct {
		int64_t begin_ns, end_ns;
	} cases[] = {
		{0, 0},
		{0, 1},
		{5, 4},
		{-300, 900},
		{0, 16 * MS},
		{-5 * MS, 117 * MS},
		{0, 65000 * MS},
		{7 * MS, 8 * MS},
		{0, 30000000000000LL},
		{-(1LL << 60), 1LL << 60},
		{0, 1LL << 60},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct html_axis axis =
			html_axis_make(cases[i].begin_ns, cases[i].end_ns, LEFT, WIDTH);
		int64_t step_ns = html_axis_step_ns(&axis, 8);
		int64_t first_ns = html_axis_first_ns(&axis, step_ns), digit = step_ns;
		unsigned int count = 0;

		assert_true(axis.end_ns > axis.begin_ns && step_ns > 0);
		while (digit % 10 == 0)
			digit /= 10;
		assert_true(digit == 1 || digit == 2 || digit == 5);
		assert_int_equal(first_ns % step_ns, 0);
		assert_true(first_ns >= axis.begin_ns && first_ns - step_ns < axis.begin_ns);
		for (int64_t at_ns = first_ns; at_ns <= axis.end_ns; at_ns += step_ns)
			count++;
		assert_in_range(count, 1, 10);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order),
		cmocka_unit_test(off_the_axis),
		cmocka_unit_test(ticks),
	};

	return cmocka_run_group_tests_name("html axis", tests, NULL, NULL);
}
