// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html_axis.h"

#define STEP_NS_MAX 1000000000000000000LL

struct html_axis html_axis_make(int64_t begin_ns, int64_t end_ns, double left, double width)
{
	int64_t room_ns;

	if (end_ns <= begin_ns)
		end_ns = begin_ns + 1000000;
	room_ns = (end_ns - begin_ns) / 50 + 1;
	return (struct html_axis){begin_ns - room_ns, end_ns + room_ns, left, width};
}

double html_axis_x(const struct html_axis *axis, int64_t at_ns)
{
	if (at_ns <= axis->begin_ns)
		return axis->left;
	if (at_ns >= axis->end_ns)
		return axis->left + axis->width;
	return axis->left + axis->width * (double)(at_ns - axis->begin_ns) /
				    (double)(axis->end_ns - axis->begin_ns);
}

int64_t html_axis_step_ns(const struct html_axis *axis, unsigned int ticks)
{
	int64_t span_ns = axis->end_ns - axis->begin_ns;
	int64_t power_ns = 1;

	for (; power_ns < STEP_NS_MAX; power_ns *= 10) {
		if (power_ns >= span_ns / ticks)
			return power_ns;
		if (power_ns * 2 >= span_ns / ticks)
			return power_ns * 2;
		if (power_ns * 5 >= span_ns / ticks)
			return power_ns * 5;
	}
	return power_ns;
}

int64_t html_axis_first_ns(const struct html_axis *axis, int64_t step_ns)
{
	int64_t whole = axis->begin_ns / step_ns;

	if (axis->begin_ns > whole * step_ns)
		whole++;
	return whole * step_ns;
}
