// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/klog_match.h"

/* Nothing in the tables has its text later than this; a longer line is somebody else's. */
#define PREFIX_LENGTH_MAX 96

/*
 * "driver name: message", as dev_printk() begins its lines. Returns the length of "driver name", 0
 * when there is no such beginning. A driver's name may have blanks, a device's has none.
 */
static size_t prefix_length(const char *text)
{
	const char *at = text;

	while ((at = strchr(at, ':'))) {
		if (at - text > PREFIX_LENGTH_MAX)
			return 0;
		if (at[1] == ' ')
			return memchr(text, ' ', (size_t)(at - text)) ? (size_t)(at - text) : 0;
		at++;
	}
	return 0;
}

/* Prefixes are short, and many are tried: the calls of starts_with() would cost more than this. */
static inline bool begins_with(const char *text, const char *prefix)
{
	while (*prefix && *text == *prefix) {
		text++;
		prefix++;
	}
	return !*prefix;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);

	return length >= end_length && memcmp(text + length - end_length, end, end_length) == 0;
}

static const struct klog_row *find_row(const struct klog_table *table, const char *message)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct klog_row *row = &table->rows[i];

		/* Most lines are settled by their first byte. */
		if (row->needle[0] != message[0]) {
			if (!row->needle[0] && ends_with(message, row->also))
				return row;
			continue;
		}
		if (row->needle[0] && begins_with(message, row->needle) &&
		    (!row->also || strstr(message + strlen(row->needle), row->also)))
			return row;
	}
	return NULL;
}

/* Looks for a line whose text, or what is behind the device's name, is @message. */
static bool find(const struct klog_table *tables, size_t count, const char *message,
		 struct klog_line *line)
{
	uint64_t first = ON(message[0]);

	for (size_t i = 0; i < count; i++) {
		const struct klog_table *table = &tables[i];

		if (!(table->first & first) || !begins_with(message, table->tag) ||
		    !begins_with(line->text, table->driver))
			continue;
		line->message = message + strlen(table->tag);
		line->row = find_row(table, line->message);
		if (line->row)
			return true;
	}
	return false;
}

#define LEVEL_WARNING 4 /* no report of the kernel on itself is of less */

/* A line that begins with the name of a program, which anybody may call what he likes. */
static bool is_of_program(const struct log_record *record)
{
	return record->level > LEVEL_WARNING || strstr(record->text, " invoked oom-killer: ") ||
	       strstr(record->text, ": page allocation failure: ");
}

static bool is_report(enum klog_kind kind)
{
	return kind == KLOG_WARNING || kind == KLOG_OOPS || kind == KLOG_LOCKDEP ||
	       kind == KLOG_UBSAN;
}

struct klog_line klog_match(const struct log_record *record)
{
	const char *text = record->text;
	struct klog_line line = {.text = text, .prefix_length = prefix_length(text)};
	const char *behind = text + line.prefix_length + 2;

	if (line.prefix_length &&
	    (find(klog_pci_device_tables, klog_pci_device_table_count, behind, &line) ||
	     find(klog_iommu_device_tables, klog_iommu_device_table_count, behind, &line)))
		return line;
	line.prefix_length = 0;
	if (!find(klog_iommu_tables, klog_iommu_table_count, text, &line) &&
	    !find(klog_generic_tables, klog_generic_table_count, text, &line))
		line.message = text;
	if (line.row && is_report(line.row->kind) && is_of_program(record))
		line.row = NULL;
	return line;
}
