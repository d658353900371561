/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where on a drawing a time stands. */
#ifndef RENDER_HTML_AXIS_H
#define RENDER_HTML_AXIS_H

#include <stdint.h>

/* From @begin_ns at @left to @end_ns at @left + @width; the end is later than the begin. */
struct html_axis {
	int64_t begin_ns, end_ns;
	double left, width;
};

/* An axis with a little room on both sides of the times. Pure. */
struct html_axis html_axis_make(int64_t begin_ns, int64_t end_ns, double left, double width);

/* Times off the axis stand at its ends. Pure. */
double html_axis_x(const struct html_axis *axis, int64_t at_ns);

/* 1, 2 or 5 times a power of ten nanoseconds, so that there are @ticks steps or fewer. Pure. */
int64_t html_axis_step_ns(const struct html_axis *axis, unsigned int ticks);

/* The first multiple of @step_ns that is on the axis. Pure. */
int64_t html_axis_first_ns(const struct html_axis *axis, int64_t step_ns);

#endif
