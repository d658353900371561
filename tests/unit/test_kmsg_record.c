// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "observe/kmsg_record.h"

static char buffer[16384];

static int parse(const char *text, struct log_record *record)
{
	strcpy(buffer, text);
	return kmsg_record_parse(buffer, strlen(text), record);
}

static void test_kernel_record(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(
		parse("3,463,14754934,-,caller=T134;pci 0000:01:00.0: failed to stop IOMMU "
		      "for a PCI reset: -16\n SUBSYSTEM=pci\n DEVICE=+pci:0000:01:00.0\n",
		      &record),
		0);
	assert_int_equal(record.sequence, 463);
	assert_int_equal(record.time_us, 14754934);
	assert_int_equal(record.facility, KMSG_FACILITY_KERNEL);
	assert_int_equal(record.level, 3);
	assert_string_equal(record.text,
			    "pci 0000:01:00.0: failed to stop IOMMU for a PCI reset: -16");
	assert_string_equal(record.device, "+pci:0000:01:00.0");
	assert_string_equal(record.caller, "T134");
}

static void test_caller(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(parse("4,5,6,-,caller=C1;dmar_fault: 3 callbacks suppressed\n", &record),
			 0);
	assert_string_equal(record.caller, "C1");
	assert_int_equal(parse("4,5,6,-,caller=T1,later=x;text\n", &record), 0);
	assert_string_equal(record.caller, "T1");
	/* Without CONFIG_PRINTK_CALLER; in the text; too long; empty */
	assert_int_equal(parse("4,5,6,-;text\n", &record), 0);
	assert_string_equal(record.caller, "");
	assert_int_equal(parse("4,5,6,-;text ,caller=T9;x\n", &record), 0);
	assert_string_equal(record.caller, "");
	assert_int_equal(parse("4,5,6,-,caller=T123456789012345678;text\n", &record), 0);
	assert_string_equal(record.caller, "");
	assert_int_equal(parse("4,5,6,-,caller=;text\n", &record), 0);
	assert_string_equal(record.caller, "");
}

static void test_user_record_has_its_facility(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(parse("11,5,6,-;DMAR: fake\n", &record), 0);
	assert_int_equal(record.facility, 1);
	assert_int_equal(record.level, 3);
	assert_string_equal(record.device, "");
	assert_int_equal(parse("191,5,6,-;local7\n", &record), 0);
	assert_int_equal(record.facility, 23);
	assert_int_equal(record.level, 7);
}

static void test_text_may_hold_separators(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(parse("6,1,2,c;a;b,c=d\n", &record), 0);
	assert_string_equal(record.text, "a;b,c=d");
	assert_int_equal(parse("6,1,2,-;\n", &record), 0);
	assert_string_equal(record.text, "");
	assert_int_equal(parse("6,18446744073709551615,2,-;last", &record), 0);
	assert_true(record.sequence == UINT64_MAX);
	assert_string_equal(record.text, "last");
}

static void test_escapes(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(parse("6,1,2,-;a\\x0ab\\x5cx41 \\xc3\\xBC\n DEVICE=\\x2bx\n", &record), 0);
	assert_string_equal(record.text, "a\nb\\x41 \303\274");
	assert_string_equal(record.device, "+x");
}

static void test_odd_escapes_stay(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(parse("6,1,2,-;\\x00 \\x \\x4 \\xg0 \\n \\", &record), 0);
	assert_string_equal(record.text, "\\x00 \\x \\x4 \\xg0 \\n \\");
	/* The end of the text is not looked beyond. */
	assert_int_equal(parse("6,1,2,-;\\x4\n1\n", &record), 0);
	assert_string_equal(record.text, "\\x4");
}

static void test_dictionary_lines_are_indented(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(parse("6,1,2,-;x\nDEVICE=no\n OTHER=DEVICE=no\n DEVICE=yes\n", &record),
			 0);
	assert_string_equal(record.text, "x");
	assert_string_equal(record.device, "yes");
}

static void test_what_is_no_record(void **state)
{
	static const char *const texts[] = {
		"",
		"6",
		"6,",
		"6,1",
		"6,1,2",
		"6,1,2,",
		"6,1,2,-",
		",1,2,-;x",
		"a,1,2,-;x",
		"6,-1,2,-;x",
		" 6,1,2,-;x",
		"6,1,2;x",
		"6 ,1,2,-;x",
		"6,99999999999999999999,2,-;x",
		"4294967296,1,2,-;x",
	};
	static const char with_nul[] = "6,1,2,-;a\0b\n";
	struct log_record record;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (parse(texts[i], &record) != -EINVAL)
			fail_msg("taken for a record: '%s'", texts[i]);
	memcpy(buffer, with_nul, sizeof(with_nul));
	assert_int_equal(kmsg_record_parse(buffer, sizeof(with_nul) - 1, &record), -EINVAL);
}

/* Each prefix of a record is a record or refused, and never read beyond (for the sanitizers). */
static void test_cut_anywhere(void **state)
{
	static const char text[] =
		"4,17,99,-;WARNING\\x3a x\n SUBSYSTEM=pci\n DEVICE=+pci:0000:01:00.0\n";
	struct log_record record;

	(void)state;
	for (size_t length = 0; length < sizeof(text); length++) {
		char *copy = malloc(length + 1);
		int r;

		assert_non_null(copy);
		memcpy(copy, text, length);
		r = kmsg_record_parse(copy, length, &record);
		assert_int_equal(r, length < strlen("4,17,99,-;") ? -EINVAL : 0);
		if (r == 0)
			assert_true(strlen(record.text) <= length);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kernel_record),
		cmocka_unit_test(test_caller),
		cmocka_unit_test(test_user_record_has_its_facility),
		cmocka_unit_test(test_text_may_hold_separators),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_odd_escapes_stay),
		cmocka_unit_test(test_dictionary_lines_are_indented),
		cmocka_unit_test(test_what_is_no_record),
		cmocka_unit_test(test_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
