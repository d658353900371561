// SPDX-License-Identifier: GPL-2.0-or-later
/* Steps laid out in time: what was captured, and what nobody should claim. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "golden.h"
#include "judge/picture.h"
#include "model/domain.h"

#define MS 1000000LL
#define OFFSET_NS 31000000LL

/* A step by itself and its picture. */
struct drawn {
	struct run_evidence run;
	const struct step_evidence *step;
	struct picture picture;
};

static void drawn_free(struct drawn *drawn)
{
	picture_clear(&drawn->picture);
	evidence_free(&drawn->run);
}

#define _cleanup_drawn_ _cleanup_(drawn_free)

static const struct step_evidence *first_run_step(const struct run_evidence *run)
{
	for (size_t i = 0; i < run->step_count; i++)
		if (!run->steps[i].skip_reason[0])
			return &run->steps[i];
	fail();
	return NULL;
}

static void draw_lines(struct drawn *drawn, const struct lines *lines)
{
	assert_int_equal(lines_parse(lines, &drawn->run), 0);
	drawn->step = first_run_step(&drawn->run);
	assert_int_equal(picture_make(drawn->step, &drawn->picture), 0);
}

static void draw(struct drawn *drawn, const char *name)
{
	_cleanup_lines_ struct lines lines = golden_lines(name);

	draw_lines(drawn, &lines);
}

/* The milliseconds are those that `judge` lists. */
static void assert_ms(int64_t at_ns, double ms)
{
	double off = (double)at_ns / 1e6 - ms;

	if (off > 0.0006 || off < -0.0006)
		fail_msg("at %.3f ms, not %.3f", (double)at_ns / 1e6, ms);
}

static void refused(void **state)
{
	_cleanup_drawn_ struct drawn drawn = {0};
	const struct picture_lane *lane = &drawn.picture.lanes[0];

	(void)state;
	draw(&drawn, "7.0.4-cxl");
	assert_int_equal(drawn.picture.lane_count, 1);
	assert_string_equal(lane->function, "0000:01:00.0");
	assert_int_equal(lane->depth_max, 2);
	assert_int_equal(lane->level_count, 2);
	assert_ms(lane->levels[0].at_ns, 6.009);
	assert_int_equal(lane->levels[0].depth, 1);
	assert_ms(lane->levels[1].at_ns, 13.024);
	assert_int_equal(lane->levels[1].depth, 0);
	assert_int_equal(lane->refusal_count, 1);
	assert_ms(lane->refusals[0].at_ns, 7.460);
	assert_int_equal(lane->refusals[0].error, EBUSY);
	assert_int_equal(lane->refusals[0].depth, 1);
	assert_int_equal(lane->window_count, 1);
	assert_true(lane->windows[0].span.ended && lane->windows[0].restored == 11);
	assert_ms(lane->windows[0].span.end_ns, 13.908);
	assert_int_equal(lane->reset_count, 2);
	assert_string_equal(lane->resets[0].symbol, "cxl_reset_bus_function");
	assert_int_equal(lane->resets[0].row, 0);
	assert_string_equal(lane->resets[1].symbol, "pci_reset_bus_function");
	assert_int_equal(lane->resets[1].row, 1);
	assert_int_equal(lane->resets[1].error, EBUSY);
	assert_int_equal(lane->write_count, 1);
	assert_int_equal(lane->writes[0].span.begin_ns, 0);
	assert_int_equal(lane->writes[0].error, EBUSY);
}

static void nested(void **state)
{
	_cleanup_drawn_ struct drawn drawn = {0};
	const struct picture_lane *lane = &drawn.picture.lanes[0];

	(void)state;
	draw(&drawn, "7.3.4-cxl");
	assert_int_equal(lane->depth_max, 2);
	assert_int_equal(lane->level_count, 4);
	assert_int_equal(lane->refusal_count, 0);
	assert_int_equal(lane->window_count, 1);
	for (size_t i = 1; i < lane->level_count; i++)
		assert_true(lane->levels[i].at_ns > lane->levels[i - 1].at_ns);
	assert_int_equal(lane->levels[1].depth, 2);
	assert_int_equal(lane->levels[3].depth, 0);
}

/* A lane each, and a row for each of the writes that one function got one after the other. */
static void several(void **state)
{
	_cleanup_drawn_ struct drawn drawn = {0};

	(void)state;
	draw(&drawn, "7.3.4-storm");
	assert_int_equal(drawn.picture.lane_count, 4);
	for (size_t i = 0; i < drawn.picture.lane_count; i++) {
		const struct picture_lane *lane = &drawn.picture.lanes[i];

		assert_int_equal(lane->window_count, 4);
		assert_int_equal(lane->write_count, 4);
		assert_int_equal(lane->write_rows, 1);
		assert_int_equal(lane->reset_rows, 3);
		assert_int_equal(lane->depth_max, 2);
	}
}

static size_t count(const struct picture *picture, enum picture_mark_kind kind)
{
	size_t found = 0;

	for (size_t i = 0; i < picture->mark_count; i++)
		found += picture->marks[i].kind == kind;
	return found;
}

/* The warning comes from inside the refused prepare, which ties the clocks well enough. */
static void log_by_warning(void **state)
{
	_cleanup_drawn_ struct drawn drawn = {0};

	(void)state;
	draw(&drawn, "7.0.4-cxl");
	assert_true(drawn.picture.log_placed && !drawn.picture.log_tied);
	assert_true(drawn.picture.log_off_by_ns < MS);
	assert_int_equal(count(&drawn.picture, PICTURE_WARNING), 1);
	for (size_t i = 0; i < drawn.picture.mark_count; i++)
		if (drawn.picture.marks[i].kind == PICTURE_WARNING)
			assert_in_range(drawn.picture.marks[i].at_ns, 7460000, 12800000);
}

/* Where nothing ties them, no line is drawn at a place that was made up. */
static void log_untied(void **state)
{
	_cleanup_drawn_ struct drawn drawn = {0};

	(void)state;
	draw(&drawn, "7.3.4-dma");
	assert_false(drawn.picture.log_placed);
	assert_int_equal(count(&drawn.picture, PICTURE_FAULT), 0);
}

static void put_at(struct lines *lines, const char *keyword, const char *assignment)
{
	for (size_t i = 0; i < lines->count; i++)
		if (strncmp(lines->list[i], keyword, strlen(keyword)) == 0)
			line_put(lines, i, assignment);
}

/* The begin marker was read by both clocks. */
static void log_tied(void **state)
{
	_cleanup_lines_ struct lines lines = golden_lines("7.0.4-cxl");
	_cleanup_drawn_ struct drawn drawn = {0};
	int64_t zero_ns;

	(void)state;
	put_at(&lines, "log-state ", "begin_us=12000000");
	put_at(&lines, "log-state ", "begin_ns=12031000000");
	draw_lines(&drawn, &lines);
	zero_ns = (int64_t)drawn.step->subjects[0].begin_ns;
	assert_true(drawn.picture.log_placed && drawn.picture.log_tied);
	for (size_t i = 0; i < drawn.picture.mark_count; i++)
		if (drawn.picture.marks[i].kind == PICTURE_WARNING)
			assert_int_equal(drawn.picture.marks[i].at_ns,
					 12039819000 + OFFSET_NS - zero_ns);
}

/* A warning soon after is in its place, one long after at the edge. */
static void log_beyond(void **state)
{
	static const struct {
		const char *begin_ns;
		size_t beyond;
	} cases[] = {{"begin_ns=12031000000", 0},
		     {"begin_ns=12041000000", 0},
		     {"begin_ns=13031000000", 2}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_lines_ struct lines lines = golden_lines("7.0.4-cxl");
		_cleanup_drawn_ struct drawn drawn = {0};
		const struct picture *picture = &drawn.picture;

		put_at(&lines, "log-state ", "begin_us=12000000");
		put_at(&lines, "log-state ", cases[i].begin_ns);
		draw_lines(&drawn, &lines);
		assert_int_equal(picture->mark_count, 2);
		for (size_t j = 0; j < picture->mark_count; j++)
			if (picture->marks[j].kind == PICTURE_WARNING)
				assert_int_equal(picture->marks[j].at_ns > picture->end_ns,
						 cases[i].beyond > 0);
		assert_true(picture->end_ns < 25 * MS);
		assert_true(picture->beyond >= cases[i].beyond);
	}
}

/* What users wrote into the log is no mark. */
static void forged(void **state)
{
	_cleanup_lines_ struct lines lines = golden_lines("7.0.4-cxl");
	_cleanup_drawn_ struct drawn drawn = {0};

	(void)state;
	put_at(&lines, "log ", "facility=1");
	put_at(&lines, "log-state ", "begin_us=12000000");
	put_at(&lines, "log-state ", "begin_ns=12031000000");
	draw_lines(&drawn, &lines);
	assert_true(drawn.picture.log_placed);
	assert_int_equal(drawn.picture.mark_count, 0);
}

static void assert_within(const struct picture *picture, const struct picture_span *span)
{
	assert_true(span->begin_ns >= picture->begin_ns && span->end_ns <= picture->end_ns);
}

/* Times that no clock shows: whatever comes, all of it lies on the axis. */
static void absurd(void **state)
{
	static const char *const times[] = {"time_ns=0", "time_ns=18446744073709551615",
					    "time_ns=9223372036854775808", "time_ns=1"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
		_cleanup_lines_ struct lines lines = golden_lines("7.0.4-cxl");
		_cleanup_drawn_ struct drawn drawn = {0};
		const struct picture *picture = &drawn.picture;

		put_at(&lines, "trace time_ns=120", times[i]);
		put_at(&lines, "log ", "time_us=18446744073709551615");
		draw_lines(&drawn, &lines);
		assert_true(picture->begin_ns >= -(1LL << 60) && picture->end_ns <= 1LL << 60);
		for (size_t j = 0; j < picture->lanes[0].reset_count; j++)
			assert_within(picture, &picture->lanes[0].resets[j].span);
		for (size_t j = 0; j < picture->mark_count; j++)
			assert_true(picture->marks[j].at_ns >= -(1LL << 60) &&
				    picture->marks[j].at_ns <= 1LL << 60);
	}
}

static void hung(void **state)
{
	_cleanup_lines_ struct lines lines = golden_lines("7.3.4-cxl");
	_cleanup_drawn_ struct drawn drawn = {0};
	const struct picture_lane *lane = &drawn.picture.lanes[0];

	(void)state;
	put_at(&lines, "subject function=0000:01:00.0", "hung=yes");
	for (size_t i = lines.count; i > 0; i--)
		if (strstr(lines.list[i - 1], "kind=reset-return") ||
		    strstr(lines.list[i - 1], "kind=done"))
			lines_remove(&lines, i - 1);
	lines_count(&lines);
	draw_lines(&drawn, &lines);
	assert_true(lane->writes[lane->write_count - 1].hung);
	assert_false(lane->writes[lane->write_count - 1].span.ended);
	assert_int_equal(lane->writes[lane->write_count - 1].span.end_ns, drawn.picture.end_ns);
	assert_false(lane->resets[0].span.ended);
	assert_int_equal(lane->resets[0].span.end_ns, drawn.picture.end_ns);
	assert_int_equal(lane->levels[lane->level_count - 1].depth, 2);
}

/* Many events are counted, not drawn. */
static void many(void **state)
{
	struct step_evidence step = {.scenario = SCENARIO_SINGLE};
	struct subject *subject = step_add_subject(&step);
	struct picture picture = {0};

	(void)state;
	assert_non_null(subject);
	snprintf(subject->function, sizeof(subject->function), "0000:01:00.0");
	subject->begin_ns = 1000;
	for (uint64_t i = 0; i < 3ULL * PICTURE_EVENTS_MAX; i++) {
		struct trace_event *event = step_add_trace(&step);
		struct log_record record = {
			.time_us = i, .text = (char[]){"x"}, .device = (char[]){""}};

		assert_non_null(event);
		event->kind = TRACE_PREPARE;
		event->time_ns = 1000 + i;
		snprintf(event->function, sizeof(event->function), "0000:01:00.0");
		assert_int_equal(step_add_log(&step, &record), 0);
	}
	step.log_state.begin_ns = 1000;
	assert_int_equal(picture_make(&step, &picture), 0);
	assert_true(picture.mark_count <= PICTURE_MARKS_MAX);
	assert_true(picture.left_out >= 2ULL * PICTURE_EVENTS_MAX);
	picture_clear(&picture);
	step_clear(&step);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused),    cmocka_unit_test(nested),
		cmocka_unit_test(several),    cmocka_unit_test(log_by_warning),
		cmocka_unit_test(log_untied), cmocka_unit_test(log_tied),
		cmocka_unit_test(log_beyond), cmocka_unit_test(forged),
		cmocka_unit_test(absurd),     cmocka_unit_test(hung),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
