// SPDX-License-Identifier: GPL-2.0-or-later
/* Where lines end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "render/wrap.h"

static void is_wrapped(unsigned int columns, const char *text, const char *wanted)
{
	_cleanup_strbuf_ struct strbuf out = {.wrap_columns = columns};

	wrap_labelled(&out, 4, "a", text);
	assert_int_equal(out.error, 0);
	assert_string_equal(out.text, wanted);
}

static void at_blanks(void **state)
{
	(void)state;
	is_wrapped(20, "it took a while", "a   it took a while\n");
	is_wrapped(18, "it took a while", "a   it took a\n    while\n");
	is_wrapped(8, "reset_method: flr", "a   reset_method:\n    flr\n");
	is_wrapped(18, "", "a   \n");
}

static void numbers_keep_their_unit(void **state)
{
	(void)state;
	is_wrapped(18, "depth 2; 16.3 ms", "a   depth 2;\n    16.3 ms\n");
	is_wrapped(17, "hung for 75 s, it", "a   hung for\n    75 s, it\n");
	is_wrapped(15, "step 75 skipped", "a   step 75\n    skipped\n");
	is_wrapped(13, "some ms more", "a   some ms\n    more\n");
	/* Not at the end, and not alone. */
	is_wrapped(18, "ends with 16", "a   ends with 16\n");
	is_wrapped(9, "16 ms", "a   16 ms\n");
	is_wrapped(6, "16 ms", "a   16 ms\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_blanks),
		cmocka_unit_test(numbers_keep_their_unit),
	};

	return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}
