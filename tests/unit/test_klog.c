// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of the kernel log as 6.12 to 7.3 print them, each on its own. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/attr.h"
#include "judge/klog_match.h"
#include "klog_lines.h"

/* Calls @check for each line of all tables. */
static void for_each_line(void (*check)(const struct line *line))
{
	for (size_t i = 0; i < iommu_line_count; i++)
		check(&iommu_lines[i]);
	for (size_t i = 0; i < pci_line_count; i++)
		check(&pci_lines[i]);
	for (size_t i = 0; i < generic_line_count; i++)
		check(&generic_lines[i]);
}

static struct klog_event classify(const struct line *line, unsigned int facility)
{
	_cleanup_free_ char *text = strdup(line->text);
	_cleanup_free_ char *device = strdup(line->device ? line->device : "");
	struct log_record record = {
		.facility = facility, .level = 3, .text = text, .device = device};

	assert_true(text && device);
	return klog_classify(&record);
}

static void check_meaning(const struct line *line)
{
	const char *function = line->function ? line->function : "";
	const char *symbol = line->symbol ? line->symbol : "";
	int pid = line->pid ? line->pid : KLOG_NO_PID;
	struct klog_event event = classify(line, 0);

	if (event.kind != line->kind || !streq(event.function, function) ||
	    !streq(event.symbol, symbol) || event.pid != pid || event.value != line->value ||
	    event.guessed != line->guessed)
		fail_msg("%s: %s, function '%s', symbol '%s', pid %d, value %d%s", line->text,
			 klog_kind_names[event.kind], event.function, event.symbol, event.pid,
			 event.value, event.guessed ? ", guessed" : "");
}

static void what_lines_mean(void **state)
{
	(void)state;
	for_each_line(check_meaning);
}

/* What users write through /dev/kmsg has facility 1 at least. */
static void check_not_believed(const struct line *line)
{
	for (unsigned int facility = 1; facility < 24; facility++) {
		struct klog_event event = classify(line, facility);

		assert_int_equal(event.kind, KLOG_OTHER);
		assert_string_equal(event.function, "");
	}
}

static void what_users_write(void **state)
{
	(void)state;
	for_each_line(check_not_believed);
}

/* No line that ends too early is read past its end. */
static void check_cut(const struct line *line)
{
	for (size_t length = 0; length < strlen(line->text); length++) {
		_cleanup_free_ char *text = strndup(line->text, length);
		struct line cut = {.text = text, .device = "+pci:"};
		struct klog_event event = classify(&cut, 0);

		assert_true(event.kind < KLOG_KIND_COUNT);
		assert_true(strlen(event.function) < BDF_MAX);
	}
}

static void cut_lines(void **state)
{
	(void)state;
	for_each_line(check_cut);
}

/* Whatever the judge may look at is kept when a log is too long to be kept whole. */
static void check_kept(const struct line *line)
{
	struct log_record record = {.text = strdup(line->text), .device = strdup("")};

	assert_true(record.text && record.device);
	if (line->kind != KLOG_OTHER)
		assert_true(klog_is_interesting(&record));
	record.facility = 1;
	assert_false(klog_is_interesting(&record));
	free(record.text);
	free(record.device);
}

static void what_is_kept(void **state)
{
	static const struct line plain[] = {
		PLAIN("pci 0000:01:00.0: resetting", KLOG_OTHER),
		PLAIN("EXT4-fs (vda1): mounted filesystem", KLOG_OTHER),
		PLAIN("", KLOG_OTHER),
	};

	(void)state;
	for_each_line(check_kept);
	for (size_t i = 0; i < ARRAY_SIZE(plain); i++) {
		_cleanup_free_ char *text = strdup(plain[i].text), *device = strdup("");
		struct log_record record = {.text = text, .device = device};

		assert_false(klog_is_interesting(&record));
	}
}

/* The bytes that a table is looked up by are those that its lines begin with. */
static void check_tables(const struct klog_table *tables, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct klog_table *table = &tables[i];
		uint64_t first = 0;

		if (table->tag[0])
			first = ON(table->tag[0]);
		for (size_t j = 0; j < table->count && !table->tag[0]; j++)
			first |= table->rows[j].needle[0] ? ON(table->rows[j].needle[0]) : ON_ANY;
		if (table->first != first)
			fail_msg("the ON() of the table with \"%s%s\" are not its first bytes: "
				 "wanted %#jx, there are %#jx",
				 table->tag, table->rows[0].needle, (uintmax_t)first,
				 (uintmax_t)table->first);
	}
}

static void first_bytes(void **state)
{
	(void)state;
	check_tables(klog_pci_device_tables, klog_pci_device_table_count);
	check_tables(klog_iommu_device_tables, klog_iommu_device_table_count);
	check_tables(klog_iommu_tables, klog_iommu_table_count);
	check_tables(klog_generic_tables, klog_generic_table_count);
}

/* Each kind has a name and a line that shows it. */
static unsigned int seen[KLOG_KIND_COUNT];

static void count_kind(const struct line *line)
{
	seen[line->kind]++;
}

static void every_kind(void **state)
{
	(void)state;
	for_each_line(count_kind);
	for (size_t kind = 0; kind < KLOG_KIND_COUNT; kind++) {
		if (!klog_kind_names[kind])
			fail_msg("kind %zu has no name in klog.c", kind);
		if (kind != KLOG_PART && !seen[kind])
			fail_msg("no line shows %s", klog_kind_names[kind]);
	}
}

static void whom_names_mean(void **state)
{
	(void)state;
	assert_true(klog_names("0000:0d:00.0", "0000:0d:00.0"));
	assert_true(klog_names("0d:00.0", "0000:0d:00.0"));
	assert_true(klog_names("10000:e1:00.0", "10000:e1:00.0"));
	assert_false(klog_names("", "0000:0d:00.0"));
	assert_false(klog_names("0d:00.0", "0001:0d:00.0"));
	assert_false(klog_names("0d:00.0", "10000:0d:00.0"));
	assert_false(klog_names("0000:0d:00.0", "10000:0d:00.0"));
	assert_false(klog_names("0000:0d:00.1", "0000:0d:00.0"));
	assert_false(klog_names("00.0", "0000:0d:01.0"));
	assert_false(klog_names("0000:0d:00.0", ""));
	assert_true(klog_may_name("0d:00.0", "0001:0d:00.0"));
	assert_false(klog_may_name("0d:00.0", "0000:0d:00.0"));
	/* A platform device */
	assert_false(klog_names("0", "0000:0d:00.0"));
	assert_false(klog_may_name("0", "0001:0d:00.0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lines_mean), cmocka_unit_test(what_users_write),
		cmocka_unit_test(cut_lines),	   cmocka_unit_test(what_is_kept),
		cmocka_unit_test(every_kind),	   cmocka_unit_test(whom_names_mean),
		cmocka_unit_test(first_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
