// SPDX-License-Identifier: GPL-2.0-or-later
/* What a step left behind for whoever comes after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/fallout.h"

struct setup {
	struct step_evidence step;
	struct subject *subject;
	struct traffic *traffic;
};

/* A driver that was taken off and is bound again, and an interface that is down again. */
static void begin(struct setup *setup)
{
	*setup = (struct setup){0};
	setup->subject = step_add_subject(&setup->step);
	setup->traffic = step_add_traffic(&setup->step);
	assert_non_null(setup->subject);
	assert_non_null(setup->traffic);
	setup->subject->started = setup->subject->present_after = setup->subject->unbound = true;
	strcpy(setup->subject->driver, "e1000e");
	strcpy(setup->subject->driver_after, "e1000e");
}

static void check(struct setup *setup, bool left, bool ends)
{
	assert_int_equal(fallout_left(&setup->step), left);
	assert_int_equal(!!fallout_end(&setup->step, true), ends);
	step_clear(&setup->step);
}

static void test_left(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	check(&setup, false, false);

	begin(&setup);
	strcpy(setup.subject->kept_for, "eth0 has an address");
	check(&setup, true, true);

	begin(&setup);
	setup.traffic->lower_error = 5;
	check(&setup, true, true);

	begin(&setup);
	setup.subject->driver_after[0] = '\0';
	check(&setup, true, true);
}

/* Whoever waits for the reset puts back what it needs; what is gone has nothing to be put back. */
static void test_not_left(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	setup.subject->driver_after[0] = '\0';
	setup.subject->hung = true;
	check(&setup, false, false);

	begin(&setup);
	setup.subject->driver_after[0] = '\0';
	setup.subject->present_after = false;
	check(&setup, false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_not_left),
	};

	return cmocka_run_group_tests_name("fallout", tests, NULL, NULL);
}
