// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/klog_match.h"

static const struct klog_table *const sources[] = {
	klog_pci_tables,
	klog_iommu_tables,
	klog_generic_tables,
};

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

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);

	return length >= end_length && memcmp(text + length - end_length, end, end_length) == 0;
}

static const struct klog_row *find_row(const struct klog_table *table, const char *message)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct klog_row *row = &table->rows[i];

		if (!row->needle[0]) {
			if (ends_with(message, row->also))
				return row;
			continue;
		}
		/* Most lines are settled by their first byte. */
		if (row->needle[0] == message[0] && starts_with(message, row->needle) &&
		    (!row->also || strstr(message + strlen(row->needle), row->also)))
			return row;
	}
	return NULL;
}

static bool find_in(const struct klog_table *table, const char *message, struct klog_line *line)
{
	if (table->tag[0] && (table->tag[0] != message[0] || !starts_with(message, table->tag)))
		return false;
	line->message = message + strlen(table->tag);
	line->row = find_row(table, line->message);
	return line->row != NULL;
}

struct klog_line klog_match(const struct log_record *record)
{
	struct klog_line line = {.text = record->text, .message = record->text};
	size_t prefix = prefix_length(record->text);
	const char *behind = prefix ? record->text + prefix + 2 : NULL;

	for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
		for (const struct klog_table *table = sources[i]; table->rows; table++) {
			if (table->on_device && !behind)
				continue;
			if (find_in(table, table->on_device ? behind : record->text, &line)) {
				line.prefix_length = table->on_device ? prefix : 0;
				return line;
			}
		}
	line.message = record->text;
	return line;
}
