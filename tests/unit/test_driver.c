// SPDX-License-Identifier: GPL-2.0-or-later
/* What is said of a driver's disk or network interface is true of the one that it was. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "golden.h"
#include "golden_edit.h"
#include "judge/judge.h"

static void expect(const char *name, const char *edit, const char *slug, const char *text)
{
	_cleanup_lines_ struct lines lines = golden_lines(name);
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};
	const struct finding *finding;

	golden_edit(&lines, edit);
	assert_int_equal(lines_parse(&lines, &run), 0);
	assert_int_equal(judge_run(&run, &result), 0);
	assert_int_equal(result.steps[0].finding_count, 1);
	finding = &result.steps[0].findings[0];
	assert_string_equal(finding->slug->name, slug);
	assert_non_null(strstr(finding->text, text));
}

static void disk(void **state)
{
	(void)state;
	expect("7.3.4-driver", "set traffic * => error=5", "io-error", "a read of ");
	expect("7.3.4-driver", "set traffic * => ended=no", "io-hung", "reads of ");
}

static void interface(void **state)
{
	(void)state;
	expect("7.3.4-driver-nic", "set traffic * => error=19", "io-error",
	       "counting the frames of eth0 ");
	expect("7.3.4-driver-nic", "set traffic * => ended=no", "io-hung", "frames from eth0 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(disk),
		cmocka_unit_test(interface),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
