// SPDX-License-Identifier: GPL-2.0-or-later
/* What a run leaves out because of the one before it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/array.h"
#include "cli/cmd.h"
#include "cli/past.h"
#include "journal/lines.h"

static struct function functions[3] = {
	{.bdf = "0000:01:00.0", .vendor = 0x8086, .device = 0x10d3},
	{.bdf = "0000:02:00.0", .vendor = 0x8086, .device = 0x1521},
	{.bdf = "0000:03:00.0", .vendor = 0x8086, .device = 0x1522},
};

static void add_step(struct plan *plan, enum scenario scenario, const char *method, size_t first,
		     size_t count)
{
	struct plan_step *step = ARRAY_APPEND(plan->steps, plan->step_count);

	assert_non_null(step);
	step->scenario = scenario;
	strcpy(step->method, method);
	for (size_t i = 0; i < count; i++)
		step->functions[step->function_count++] = &functions[first + i];
}

/* flr on each, cxl_bus on the first, the last two as siblings. */
static void make_plan(struct plan *plan)
{
	for (size_t i = 0; i < 3; i++)
		add_step(plan, SCENARIO_SINGLE, "flr", i, 1);
	add_step(plan, SCENARIO_NESTED, "cxl_bus", 0, 1);
	add_step(plan, SCENARIO_SIBLINGS, "flr", 1, 2);
}

static struct journal_step step_on(size_t index, enum scenario scenario, const char *method)
{
	struct journal_step step = {.scenario = scenario};

	strcpy(step.method, method);
	journal_step_target(&step, functions[index].bdf, functions[index].vendor,
			    functions[index].device);
	return step;
}

static void went_down(struct past *past, size_t index, const char *method)
{
	struct journal_down down = {.step = step_on(index, SCENARIO_SINGLE, method)};
	struct recovery_down *told = recovery_add_down(&past->recovery);

	assert_int_equal(journal_state_add_down(&past->state, &down), 0);
	assert_non_null(told);
	strcpy(told->method, method);
	strcpy(told->functions, functions[index].bdf);
}

static void test_host_went_down(void **state)
{
	_cleanup_past_ struct past past = PAST_INIT;
	_cleanup_plan_ struct plan plan = {0};

	(void)state;
	make_plan(&plan);
	went_down(&past, 1, "flr");
	assert_int_equal(past_apply(&past, false, &plan), 0);
	assert_int_equal(plan.step_count, 3);
	assert_ptr_equal(plan.steps[0].functions[0], &functions[0]);
	assert_ptr_equal(plan.steps[1].functions[0], &functions[2]);
	assert_string_equal(plan.steps[2].method, "cxl_bus");
	assert_int_equal(plan.refusal_count, 1);
	assert_string_equal(plan.refusals[0].function, functions[1].bdf);
	assert_string_equal(plan.refusals[0].reason, "host-went-down");
	assert_non_null(strstr(plan.refusals[0].override, "--forget"));
	assert_int_equal(plan.warning_count, 1);
	assert_non_null(strstr(plan.warnings[0], "the host went down during flr on 0000:02:00.0"));
}

/* Another device in its place is not to blame. */
static void test_other_device(void **state)
{
	_cleanup_past_ struct past past = PAST_INIT;
	_cleanup_plan_ struct plan plan = {0};
	uint16_t device = functions[1].device;

	(void)state;
	went_down(&past, 1, "flr");
	functions[1].device = 0x9999;
	make_plan(&plan);
	assert_int_equal(past_apply(&past, false, &plan), 0);
	functions[1].device = device;
	assert_int_equal(plan.step_count, 5);
	assert_int_equal(plan.refusal_count, 0);
}

static void test_known_from_pstore(void **state)
{
	_cleanup_past_ struct past past = PAST_INIT;
	_cleanup_plan_ struct plan plan = {0};
	struct recovery_down *told = recovery_add_down(&past.recovery);

	(void)state;
	make_plan(&plan);
	assert_non_null(told);
	strcpy(told->method, "flr");
	strcpy(told->functions, "0000:07:00.0 0000:01:00.0");
	assert_int_equal(past_apply(&past, false, &plan), 0);
	assert_int_equal(plan.step_count, 3);
	assert_string_equal(plan.refusals[0].function, functions[0].bdf);
}

static void resume(bool interrupted, struct past *past, struct plan *plan)
{
	struct journal_step done = step_on(0, SCENARIO_SINGLE, "flr");

	make_plan(plan);
	past->state.present = true;
	past->state.ended = !interrupted;
	assert_int_equal(journal_state_complete(&past->state, &done), 0);
	assert_int_equal(past_apply(past, true, plan), 0);
}

static void test_resume(void **state)
{
	_cleanup_past_ struct past past = PAST_INIT;
	_cleanup_plan_ struct plan plan = {0};

	(void)state;
	resume(true, &past, &plan);
	/* The same method of another scenario, and other functions, are still to be done. */
	assert_int_equal(plan.step_count, 4);
	assert_int_equal(plan.skip_count, 1);
	assert_string_equal(plan.skips[0].reason, "done-before");
	assert_ptr_equal(plan.skips[0].function, &functions[0]);
	assert_int_equal(past.state.completed_count, 1);
}

static void test_nothing_to_resume(void **state)
{
	_cleanup_past_ struct past past = PAST_INIT;
	_cleanup_plan_ struct plan plan = {0};

	(void)state;
	resume(false, &past, &plan);
	assert_int_equal(plan.step_count, 5);
	assert_int_equal(plan.skip_count, 0);
	assert_int_equal(plan.warning_count, 1);
	assert_non_null(strstr(plan.warnings[0], "nothing to resume"));
	assert_int_equal(past.state.completed_count, 0);
}

static void write_text(const char *top, const char *name, const char *text)
{
	_cleanup_fclose_ FILE *file = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", top, name);
	for (char *slash = strchr(path + strlen(top) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(chmod(path, 0600), 0);
	assert_true(fputs(text, file) >= 0);
}

static const char here[] = "machine", now_booted[] = "c4f3c1f0-0000-4000-8000-000000000001";

/* What is made of a journal by a machine called "machine". */
static int read_journal(const char *nodename, const char *boot_id,
			void (*change)(struct journal_state *state))
{
	_cleanup_past_ struct past past = PAST_INIT;
	_cleanup_journal_state_ struct journal_state state = {.present = true, .ended = true};
	_cleanup_strbuf_ struct strbuf text = {0};
	_cleanup_root_ struct root root = ROOT_INIT;
	char top[] = "/tmp/test_past.XXXXXX", command[64];
	int status;

	assert_non_null(mkdtemp(top));
	state.head.version = JOURNAL_VERSION;
	strcpy(state.head.run_id, "0123456789abcdef");
	strcpy(state.head.boot_id, boot_id);
	strcpy(state.head.nodename, nodename);
	change(&state);
	journal_state_write(&text, &state);
	write_text(top, JOURNAL_FILE, text.text);
	write_text(top, "proc/sys/kernel/random/boot_id", now_booted);
	write_text(top, "proc/sys/kernel/hostname", "machine.example.org\n");
	assert_int_equal(root_open(&root, top), 0);
	status = past_read("test", &root, top, &past);
	snprintf(command, sizeof(command), "rm -r %s", top);
	assert_int_equal(system(command), 0);
	return status;
}

static void leave(struct journal_state *state)
{
	(void)state;
}

static void kill_between_steps(struct journal_state *state)
{
	state->ended = false;
}

static void kill_run(struct journal_state *state)
{
	const struct change change = {.id = 1, .kind = CHANGE_METHODS};

	state->ended = false;
	assert_int_equal(journal_state_add_change(state, &change), 0);
}

static void interrupt(struct journal_state *state)
{
	state->signal = 2;
}

static void take_down(struct journal_state *state)
{
	const struct journal_down down = {.step = step_on(0, SCENARIO_SINGLE, "flr")};

	assert_int_equal(journal_state_add_down(state, &down), 0);
}

/* Two machines that share a directory must not take each other's journal for their own. */
static void test_other_machine(void **state)
{
	static void (*const needed[])(struct journal_state * state) = {kill_between_steps, kill_run,
								       interrupt, take_down};
	const char *earlier = "c4f3c1f0-0000-4000-8000-000000000002";

	(void)state;
	assert_int_equal(read_journal("other", earlier, leave), EXIT_GOOD);
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++) {
		assert_int_equal(read_journal("other", earlier, needed[i]), EXIT_ERROR);
		assert_int_equal(read_journal(here, earlier, needed[i]), EXIT_GOOD);
		/* It was renamed since. */
		assert_int_equal(read_journal("other", now_booted, needed[i]), EXIT_GOOD);
		/* A journal of old. */
		assert_int_equal(read_journal("", earlier, needed[i]), EXIT_GOOD);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_host_went_down),	  cmocka_unit_test(test_other_device),
		cmocka_unit_test(test_known_from_pstore), cmocka_unit_test(test_resume),
		cmocka_unit_test(test_nothing_to_resume), cmocka_unit_test(test_other_machine),
	};

	return cmocka_run_group_tests_name("past", tests, NULL, NULL);
}
