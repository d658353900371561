// SPDX-License-Identifier: GPL-2.0-or-later
/* What is shown of a run while it goes: on a terminal, and in a file. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/live.h"
#include "golden.h"
#include "judge/judge.h"
#include "model/evidence_text.h"

#define SECOND 1000000000ULL
#define HOUR (3600 * SECOND)
#define MARK '\001' /* the follower writes none */
#define BEGIN (1000 * SECOND)

static uint64_t clock_ns;
static int caught_signal;

static uint64_t now(void)
{
	return clock_ns;
}

static int caught(void)
{
	return caught_signal;
}

/* A run of a captured one's steps, and what its follower wrote. */
struct setup {
	struct run_evidence run;
	struct run_result result;
	struct followers followers;
	int output, input; /* where it is read, and what the follower writes to; -1: none */
	char text[65536];
};

static void setup_begin(struct setup *setup, const char *golden, unsigned int rounds)
{
	_cleanup_free_ char *text = golden_text(golden);
	size_t line;

	*setup = (struct setup){.output = -1, .input = -1};
	assert_int_equal(evidence_parse(text, &setup->run, &line), 0);
	assert_int_equal(judge_run(&setup->run, &setup->result), 0);
	setup->followers.progress = (struct run_progress){
		.planned = true,
		.steps = 10,
		.rounds = rounds,
		.round = 1,
		.begin_ns = BEGIN,
		.deadline_ns = UINT64_MAX,
		.totals = &setup->result.totals,
	};
	clock_ns = BEGIN;
}

static void follow(struct setup *setup, int fd, enum live_wanted wanted)
{
	const struct live_options options = {
		.fd = fd,
		.wanted = wanted,
		.style = {.ascii = true},
		.now_ns = now,
		.caught = caught,
	};

	assert_int_equal(live_follow(&setup->followers, &options), 0);
}

/* All that was written since it was last asked. A terminal hands it on later, what comes last last.
 */
static const char *written(struct setup *setup)
{
	const char mark = MARK;
	size_t length = 0;

	assert_int_equal(write(setup->input, &mark, 1), 1);
	do {
		ssize_t got =
			read(setup->output, setup->text + length, sizeof(setup->text) - 1 - length);

		assert_true(got > 0);
		length += (size_t)got;
	} while (setup->text[length - 1] != MARK);
	setup->text[length - 1] = '\0';
	return setup->text;
}

/* Step @number, which is the @index-th of the captured ones, lasts @span_ns. */
static void step(struct setup *setup, unsigned int number, size_t index, uint64_t span_ns)
{
	const struct step_evidence *evidence = &setup->run.steps[index];
	const struct step_heading heading = {
		.number = number,
		.scenario = evidence->scenario,
		.method = evidence->method,
		.functions = {evidence->subjects[0].function},
		.function_count = 1,
	};

	setup->followers.progress.step = number;
	followers_step_begin(&setup->followers, &heading);
	clock_ns += span_ns;
	followers_tick(&setup->followers);
	followers_step_end(&setup->followers, &setup->run, evidence, &setup->result.steps[index]);
}

static size_t find_failed(const struct setup *setup)
{
	for (size_t i = 0; i < setup->result.step_count; i++)
		if (setup->result.steps[i].verdict == STEP_FAIL)
			return i;
	fail_msg("no step failed");
	return 0;
}

static void setup_end(struct setup *setup)
{
	followers_free(&setup->followers);
	result_free(&setup->result);
	evidence_free(&setup->run);
	if (setup->output >= 0)
		close(setup->output);
	if (setup->input >= 0)
		close(setup->input);
}

static void begin_on_terminal(struct setup *setup, const char *golden, unsigned int rounds,
			      unsigned short columns)
{
	const struct winsize size = {.ws_row = 24, .ws_col = columns};

	setup_begin(setup, golden, rounds);
	assert_int_equal(openpty(&setup->output, &setup->input, NULL, NULL, &size), 0);
	follow(setup, setup->input, LIVE_DRAWN);
}

/* The longest that stands between two carriage returns, without what the terminal is told. */
static size_t widest(const char *text)
{
	size_t most = 0;

	while (*text) {
		size_t length = strcspn(text, "\r\n");

		if (length > most)
			most = length;
		text += length + strspn(text + length, "\r\n");
		if (strncmp(text, "\033[K", 3) == 0)
			text += 3;
	}
	return most;
}

static void on_a_terminal(void **state)
{
	struct setup setup;

	(void)state;
	begin_on_terminal(&setup, "captured/7.0.4-cxl.ev", 4, 200);
	setup.followers.progress.round = 2;
	step(&setup, 6, find_failed(&setup), 15 * SECOND);
	written(&setup);
	/* In the middle of the step 15 of 40 were done in 15 s; then it is 16. */
	assert_non_null(strstr(setup.text, " 37 %"));
	assert_non_null(strstr(setup.text, "25 s left"));
	assert_non_null(strstr(setup.text, "round 2 of 4, step 6 of 10"));
	assert_non_null(strstr(setup.text, "cxl_bus 0000:01:00.0 (nested), 15 s"));
	assert_non_null(strstr(setup.text, "####......"));
	assert_non_null(strstr(setup.text, "1 failed"));
	assert_non_null(strstr(setup.text, "FAIL  0000:01:00.0 cxl_bus (nested) "
					   "nested-prepare-busy: "));
	/* The finding is longer than a line: it goes on in the next, below the function. */
	assert_non_null(strstr(setup.text, "\n      "));
	assert_non_null(strstr(setup.text, " 40 %"));
	/* The same again is counted, not told. */
	step(&setup, 7, find_failed(&setup), SECOND);
	assert_null(strstr(written(&setup), "FAIL"));
	followers_run_end(&setup.followers, &setup.run, &setup.result, 1);
	assert_string_equal(written(&setup), "\r\033[K");
	setup_end(&setup);
}

/* Each of two that fail in turns is told once. */
static void failing_in_turns(void **state)
{
	struct setup setup;
	size_t first, second;

	(void)state;
	begin_on_terminal(&setup, "captured/7.0.4-arm64-dma.ev", 4, 80);
	first = find_failed(&setup);
	for (second = first + 1; setup.result.steps[second].verdict != STEP_FAIL; second++)
		assert_true(second + 1 < setup.result.step_count);
	step(&setup, 1, first, SECOND);
	assert_non_null(strstr(written(&setup), "FAIL"));
	step(&setup, 2, second, SECOND);
	assert_non_null(strstr(written(&setup), "FAIL"));
	step(&setup, 1, first, SECOND);
	step(&setup, 2, second, SECOND);
	assert_null(strstr(written(&setup), "FAIL"));
	setup_end(&setup);
}

/* What is being reset is seen on the terminals that people have, beside what fails and the time. */
static void on_a_usual_one(void **state)
{
	struct setup setup;

	(void)state;
	begin_on_terminal(&setup, "captured/7.0.4-cxl.ev", 0, 80);
	setup.followers.progress.duration_ns = 8 * HOUR;
	setup.followers.progress.deadline_ns = BEGIN + 8 * HOUR;
	setup.followers.progress.round = 21;
	step(&setup, 3, find_failed(&setup), SECOND);
	assert_non_null(strstr(written(&setup), "  0 %  round 21, 3/10  1 failed  "
						"7 h 59 min left  cxl_bus 0000:01:00.0"));
	setup_end(&setup);
}

static void on_a_narrow_one(void **state)
{
	(void)state;
	for (unsigned short columns = 20; columns <= 120; columns += 10) {
		struct setup setup;

		begin_on_terminal(&setup, "captured/7.3.4-cxl.ev", 0, columns);
		step(&setup, 3, setup.run.step_count - 1, 5 * SECOND);
		assert_true(widest(written(&setup)) < columns);
		assert_non_null(strstr(setup.text, "0 failed"));
		assert_int_equal(strstr(setup.text, "cxl_bus 0000:01:00.0") != NULL, columns >= 40);
		/* Where there is no room for both it is what is reset. */
		assert_int_equal(strstr(setup.text, "round 1, ") != NULL,
				 columns == 30 || columns >= 50);
		setup_end(&setup);
	}
}

/* Where the functions have no room, the time that is left has it. */
static void many_functions_on_a_narrow_one(void **state)
{
	const struct step_heading heading = {
		.number = 2,
		.scenario = SCENARIO_STORM,
		.method = "cxl_bus",
		.functions = {"0000:01:00.0", "0000:02:00.0", "0000:03:00.0"},
		.function_count = 3,
	};
	struct setup setup;

	(void)state;
	begin_on_terminal(&setup, "captured/7.3.4-cxl.ev", 4, 40);
	setup.followers.progress.step = 2;
	clock_ns += SECOND;
	followers_step_begin(&setup.followers, &heading);
	assert_non_null(strstr(written(&setup), "\r\033[K  2 %  0 failed  0 faults  39 s left\r"));
	setup_end(&setup);
}

/* What a run needs before its first step takes seconds. */
static void before_the_first_step(void **state)
{
	struct setup setup;

	(void)state;
	begin_on_terminal(&setup, "captured/7.3.4-cxl.ev", 1, 80);
	setup.followers.progress.round = 0;
	followers_tick(&setup.followers);
	assert_non_null(strstr(written(&setup), "preparing  0 failed"));
	setup_end(&setup);
}

static unsigned int count(const char *text, const char *wanted)
{
	unsigned int found = 0;

	for (; (text = strstr(text, wanted)); text += strlen(wanted))
		found++;
	return found;
}

/* Once, and not when nothing is waited for. */
static void interrupted(void **state)
{
	const char *told = "The run ends after this reset; a second signal stops waiting for it.";
	struct setup setup;

	(void)state;
	begin_on_terminal(&setup, "captured/7.3.4-cxl.ev", 4, 80);
	step(&setup, 1, setup.run.step_count - 1, SECOND);
	caught_signal = 2;
	followers_tick(&setup.followers);
	assert_int_equal(count(written(&setup), told), 0);
	step(&setup, 2, setup.run.step_count - 1, SECOND);
	followers_tick(&setup.followers);
	assert_int_equal(count(written(&setup), told), 1);
	step(&setup, 3, setup.run.step_count - 1, SECOND);
	assert_int_equal(count(written(&setup), told), 0);
	caught_signal = 0;
	setup_end(&setup);
}

/* Nobody reads; the terminal has been stopped, or closed. */
static void on_a_terminal_that_stands_still(void **state)
{
	struct setup setup;

	(void)state;
	begin_on_terminal(&setup, "captured/7.3.4-cxl.ev", 1, 80);
	alarm(600);
	for (unsigned int i = 0; i < 20000; i++)
		step(&setup, 1, setup.run.step_count - 1, SECOND);
	close(setup.output);
	setup.output = -1;
	step(&setup, 1, setup.run.step_count - 1, SECOND);
	alarm(0);
	assert_int_equal(setup.followers.items[0].error, 0);
	setup_end(&setup);
}

static void in_a_file(void **state)
{
	struct setup setup;
	int pipe_fds[2];

	(void)state;
	setup_begin(&setup, "captured/7.0.4-cxl.ev", 0);
	setup.followers.progress.duration_ns = 8 * HOUR;
	setup.followers.progress.deadline_ns = BEGIN + 8 * HOUR;
	assert_int_equal(pipe(pipe_fds), 0);
	setup.output = pipe_fds[0];
	setup.input = pipe_fds[1];
	follow(&setup, setup.input, LIVE_LINES);
	step(&setup, 1, find_failed(&setup), 59 * SECOND);
	assert_string_equal(written(&setup), "");
	step(&setup, 2, find_failed(&setup), SECOND);
	assert_non_null(strstr(written(&setup), "after 1 min:  round 1, step 2 of 10  1 failed  "));
	assert_non_null(strstr(setup.text, "  7 h 59 min left\n"));
	assert_null(strchr(setup.text, '\r'));
	assert_null(strchr(setup.text, '\033'));
	for (unsigned int i = 0; i < 58; i++)
		step(&setup, 3, find_failed(&setup), 60 * SECOND);
	assert_int_equal(count(written(&setup), "\n"), 58);
	/* At the hour there is a summary in place of the line. */
	step(&setup, 3, find_failed(&setup), 60 * SECOND);
	assert_int_equal(count(written(&setup), "after "), 1);
	assert_non_null(strstr(setup.text, "after 1 h 00 min:  round 1, "));
	assert_non_null(strstr(setup.text, "cxl_bus  (nested)\n"));
	/* A step that took hours is no reason to tell of each of them. */
	step(&setup, 3, find_failed(&setup), 3 * HOUR);
	assert_int_equal(count(written(&setup), "after "), 1);
	setup_end(&setup);
}

static void wanted_forms(void **state)
{
	enum live_wanted wanted;

	(void)state;
	assert_int_equal(live_parse("lines", &wanted), 0);
	assert_int_equal(wanted, LIVE_LINES);
	assert_int_equal(live_parse("none", &wanted), 0);
	assert_int_equal(wanted, LIVE_NONE);
	assert_true(live_parse("", &wanted) < 0);
	assert_true(live_parse("Live", &wanted) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_a_terminal),
		cmocka_unit_test(failing_in_turns),
		cmocka_unit_test(on_a_usual_one),
		cmocka_unit_test(on_a_narrow_one),
		cmocka_unit_test(many_functions_on_a_narrow_one),
		cmocka_unit_test(before_the_first_step),
		cmocka_unit_test(interrupted),
		cmocka_unit_test(on_a_terminal_that_stands_still),
		cmocka_unit_test(in_a_file),
		cmocka_unit_test(wanted_forms),
	};

	return cmocka_run_group_tests_name("live", tests, NULL, NULL);
}
