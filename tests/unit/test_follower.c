// SPDX-License-Identifier: GPL-2.0-or-later
/* Who follows a run is told of all of it in order, and a follower that fails hinders nobody. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "base/strbuf.h"
#include "cli/ledger.h"

/* Writes down what it is told, and fails at the event named. */
struct witness {
	struct strbuf heard;
	const char *fails_at;
	bool freed;
};

static int hear(struct witness *witness, const char *event, unsigned int number)
{
	strbuf_printf(&witness->heard, "%s%s %u", witness->heard.length_bytes ? ", " : "", event,
		      number);
	return witness->fails_at && streq(witness->fails_at, event) ? -EPIPE : 0;
}

static int hear_run_begin(void *data, const struct run_evidence *run,
			  const struct run_progress *progress)
{
	(void)run;
	return hear(data, "run", progress->steps);
}

static int hear_step_begin(void *data, const struct run_progress *progress,
			   const struct step_heading *step)
{
	assert_string_equal(step->functions[0], "0000:01:00.0");
	assert_int_equal(progress->step, step->number);
	return hear(data, "begin", step->number);
}

static int hear_step_end(void *data, const struct run_progress *progress,
			 const struct run_evidence *run, const struct step_evidence *step,
			 const struct step_result *result)
{
	assert_ptr_equal(step, &run->steps[run->step_count - 1]);
	assert_int_equal(progress->totals->counts[result->verdict], step->number);
	return hear(data, step_verdict_names[result->verdict], step->number);
}

static int hear_round_end(void *data, const struct run_progress *progress)
{
	return hear(data, "round", (unsigned int)progress->round_counts[STEP_SKIP]);
}

static int hear_tick(void *data, const struct run_progress *progress)
{
	return hear(data, "tick", progress->round);
}

static int hear_run_end(void *data, const struct run_progress *progress,
			const struct run_evidence *run, const struct run_result *result,
			int exit_status)
{
	(void)progress;
	(void)run;
	assert_int_equal(result->verdict, RUN_SKIPPED);
	return hear(data, "end", (unsigned int)exit_status);
}

static void let_go(void *data)
{
	struct witness *witness = data;

	witness->freed = true;
}

static void add_witness(struct followers *followers, struct witness *witness, const char *name)
{
	struct follower follower = {
		.name = name,
		.data = witness,
		.run_begin = hear_run_begin,
		.step_begin = hear_step_begin,
		.step_end = hear_step_end,
		.round_end = hear_round_end,
		.tick = hear_tick,
		.run_end = hear_run_end,
		.free = let_go,
	};

	assert_int_equal(followers_add(followers, &follower), 0);
}

static void end_step(struct ledger *ledger, struct run_evidence *run, unsigned int round)
{
	struct step_evidence *step = evidence_add_step(run);

	assert_non_null(step);
	step->round = round;
	snprintf(step->skip_reason, sizeof(step->skip_reason), "in-use");
	snprintf(step_add_subject(step)->function, BDF_MAX, "0000:01:00.0");
	assert_int_equal(ledger_take(ledger, run), 0);
}

/* Two rounds of one step. */
static void follow(struct ledger *ledger)
{
	_cleanup_evidence_ struct run_evidence run = {0};

	ledger->followers.progress.steps = 1;
	followers_run_begin(&ledger->followers, &run, &ledger->result.totals);
	for (unsigned int round = 1; round <= 2; round++) {
		struct step_heading heading = {
			.number = round, .functions = {"0000:01:00.0"}, .function_count = 1};

		followers_round_begin(&ledger->followers, round);
		ledger->followers.progress.step = round;
		followers_step_begin(&ledger->followers, &heading);
		followers_tick(&ledger->followers);
		end_step(ledger, &run, round);
		followers_round_end(&ledger->followers);
	}
	ledger_end(ledger, &run);
	followers_run_end(&ledger->followers, &run, &ledger->result, 4);
	/* The second round's step is not kept, but was told of. */
	assert_int_equal(run.step_count, 1);
}

#define ALL "run 1, begin 1, tick 1, skip 1, round 1, begin 2, tick 2, skip 2, round 1, end 4"

static void test_order(void **state)
{
	struct ledger ledger = LEDGER_INIT;
	struct witness witness = {0};

	(void)state;
	add_witness(&ledger.followers, &witness, "one");
	follow(&ledger);
	assert_string_equal(witness.heard.text, ALL);
	assert_int_equal(ledger.followers.items[0].error, 0);
	ledger_free(&ledger);
	assert_true(witness.freed);
	strbuf_free(&witness.heard);
}

static void test_failure(void **state)
{
	struct ledger ledger = LEDGER_INIT;
	struct witness witnesses[3] = {
		{.fails_at = "end"}, {.fails_at = "tick"}, {.fails_at = NULL}};
	static const char *const names[] = {"one", "two", "three"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(witnesses); i++)
		add_witness(&ledger.followers, &witnesses[i], names[i]);
	follow(&ledger);
	assert_string_equal(witnesses[0].heard.text, ALL);
	assert_string_equal(witnesses[1].heard.text, "run 1, begin 1, tick 1");
	assert_string_equal(witnesses[2].heard.text, ALL);
	assert_int_equal(ledger.followers.items[0].error, -EPIPE);
	assert_int_equal(ledger.followers.items[1].error, -EPIPE);
	assert_int_equal(ledger.followers.items[2].error, 0);
	ledger_free(&ledger);
	for (size_t i = 0; i < ARRAY_SIZE(witnesses); i++) {
		assert_true(witnesses[i].freed);
		strbuf_free(&witnesses[i].heard);
	}
}

/* What only some care for. */
static void test_none(void **state)
{
	struct ledger ledger = LEDGER_INIT;
	struct follower deaf = {.name = "deaf"};

	(void)state;
	assert_int_equal(followers_add(&ledger.followers, &deaf), 0);
	follow(&ledger);
	assert_int_equal(ledger.followers.items[0].error, 0);
	ledger_free(&ledger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
