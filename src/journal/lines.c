// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/lines.h"

#include <errno.h>

#include "base/crc32.h"

#define SUM_KEY " crc32="
#define SUM_DIGITS 8

static const struct field head_fields[] = {
	FIELD(struct journal_head, version, FIELD_UINT),
	FIELD(struct journal_head, tool_version, FIELD_TEXT),
	FIELD(struct journal_head, boot_id, FIELD_TEXT),
	FIELD(struct journal_head, run_id, FIELD_TEXT),
	FIELD(struct journal_head, started, FIELD_TEXT),
	FIELD(struct journal_head, release, FIELD_TEXT),
	FIELD(struct journal_head, nodename, FIELD_TEXT),
};

static const struct field methods_fields[] = {
	FIELD(struct change, id, FIELD_UINT),	   FIELD(struct change, function, FIELD_TEXT),
	FIELD(struct change, vendor, FIELD_U16),   FIELD(struct change, device, FIELD_U16),
	FIELD(struct change, before, FIELD_TEXT),  FIELD(struct change, after, FIELD_TEXT),
	FIELD(struct change, driver, FIELD_TEXT),  FIELD(struct change, in_use, FIELD_BOOL),
	FIELD(struct change, unbound, FIELD_BOOL),
};

static const struct field driver_fields[] = {
	FIELD(struct change, id, FIELD_UINT),	  FIELD(struct change, function, FIELD_TEXT),
	FIELD(struct change, vendor, FIELD_U16),  FIELD(struct change, device, FIELD_U16),
	FIELD(struct change, driver, FIELD_TEXT), FIELD(struct change, before, FIELD_TEXT),
};

static const struct field type_fields[] = {
	FIELD(struct change, id, FIELD_UINT),	 FIELD(struct change, function, FIELD_TEXT),
	FIELD(struct change, vendor, FIELD_U16), FIELD(struct change, device, FIELD_U16),
	FIELD(struct change, group, FIELD_INT),	 FIELD(struct change, before, FIELD_TEXT),
	FIELD(struct change, after, FIELD_TEXT),
};

static const struct field trace_fields[] = {
	FIELD(struct change, id, FIELD_UINT),
	FIELD(struct change, mounts, FIELD_BOOL),
	FIELD(struct change, mount_namespace_id, FIELD_U64),
};

static const struct field setting_fields[] = {
	FIELD(struct change, id, FIELD_UINT),	 FIELD(struct change, function, FIELD_TEXT),
	FIELD(struct change, vendor, FIELD_U16), FIELD(struct change, device, FIELD_U16),
	FIELD(struct change, path, FIELD_TEXT),	 FIELD(struct change, before, FIELD_TEXT),
	FIELD(struct change, after, FIELD_TEXT),
};

static const struct field link_fields[] = {
	FIELD(struct change, id, FIELD_UINT),	    FIELD(struct change, function, FIELD_TEXT),
	FIELD(struct change, vendor, FIELD_U16),    FIELD(struct change, device, FIELD_U16),
	FIELD(struct change, interface, FIELD_INT), FIELD(struct change, before, FIELD_TEXT),
};

static const struct field vfio_fields[] = {
	FIELD(struct change, id, FIELD_UINT),	  FIELD(struct change, function, FIELD_TEXT),
	FIELD(struct change, vendor, FIELD_U16),  FIELD(struct change, device, FIELD_U16),
	FIELD(struct change, driver, FIELD_TEXT), FIELD(struct change, before, FIELD_TEXT),
};

static const struct field undone_fields[] = {FIELD(struct undone_record, id, FIELD_UINT)};

static const struct field step_fields[] = {
	FIELD(struct journal_step, number, FIELD_UINT),
	FIELD_NAMED(struct journal_step, scenario, scenario_names),
	FIELD(struct journal_step, method, FIELD_TEXT),
	FIELD(struct journal_step, targets, FIELD_TEXT),
};

static const struct field step_end_fields[] = {
	FIELD(struct step_end_record, number, FIELD_UINT),
};

static const struct field returned_fields[] = {
	FIELD(struct returned_record, number, FIELD_UINT),
	FIELD(struct returned_record, function, FIELD_TEXT),
};

#define STEP_FIELD(member_, type_)                                                                 \
	{                                                                                          \
		.key = #member_, .type = (type_),                                                  \
		.offset_bytes = offsetof(struct journal_down, step.member_),                       \
		.size_bytes = sizeof(((struct journal_step *)0)->member_)                          \
	}

static const struct field down_fields[] = {
	STEP_FIELD(number, FIELD_UINT),
	{.key = "scenario",
	 .type = FIELD_NAME,
	 .offset_bytes = offsetof(struct journal_down, step.scenario),
	 .size_bytes = SCENARIO_COUNT,
	 .names = scenario_names},
	STEP_FIELD(method, FIELD_TEXT),
	STEP_FIELD(targets, FIELD_TEXT),
	FIELD(struct journal_down, run_id, FIELD_TEXT),
	FIELD(struct journal_down, started, FIELD_TEXT),
	FIELD(struct journal_down, release, FIELD_TEXT),
};

static const struct field end_fields[] = {FIELD(struct end_record, signal, FIELD_INT)};

#define KIND(keyword_, fields_)                                                                    \
	{                                                                                          \
		.keyword = (keyword_), .fields = (fields_), .field_count = ARRAY_SIZE(fields_)     \
	}

const struct record_kind line_kinds[LINE_KIND_COUNT] = {
	[LINE_HEAD] = KIND("journal", head_fields),
	[LINE_METHODS] = KIND("methods", methods_fields),
	[LINE_DRIVER] = KIND("driver", driver_fields),
	[LINE_TYPE] = KIND("type", type_fields),
	[LINE_TRACE] = KIND("trace", trace_fields),
	[LINE_SETTING] = KIND("setting", setting_fields),
	[LINE_LINK] = KIND("link", link_fields),
	[LINE_VFIO] = KIND("vfio", vfio_fields),
	[LINE_UNDONE] = KIND("undone", undone_fields),
	[LINE_STEP] = KIND("step", step_fields),
	[LINE_STEP_END] = KIND("step-end", step_end_fields),
	[LINE_HUNG] = KIND("hung", step_fields),
	[LINE_RETURNED] = KIND("returned", returned_fields),
	[LINE_COMPLETED] = KIND("completed", step_fields),
	[LINE_DOWN] = KIND("down", down_fields),
	[LINE_END] = KIND("end", end_fields),
};

static const enum line_kind change_lines[CHANGE_KIND_COUNT] = {
	[CHANGE_METHODS] = LINE_METHODS, [CHANGE_DRIVER] = LINE_DRIVER,	  [CHANGE_TYPE] = LINE_TYPE,
	[CHANGE_TRACE] = LINE_TRACE,	 [CHANGE_SETTING] = LINE_SETTING, [CHANGE_LINK] = LINE_LINK,
	[CHANGE_VFIO] = LINE_VFIO,
};

enum line_kind line_of_change(enum change_kind kind)
{
	return change_lines[kind];
}

enum change_kind change_of_line(enum line_kind kind)
{
	enum change_kind change = CHANGE_METHODS;

	while (change_lines[change] != kind && change + 1 < CHANGE_KIND_COUNT)
		change++;
	return change;
}

const char *change_kind_name(enum change_kind kind)
{
	return line_kinds[line_of_change(kind)].keyword;
}

void line_write(struct strbuf *out, enum line_kind kind, const void *object)
{
	size_t start = out->length_bytes;
	uint32_t sum;

	record_write(out, &line_kinds[kind], object);
	if (out->error)
		return;
	/* The checksum comes before the newline that record_write() ends with. */
	out->text[--out->length_bytes] = '\0';
	sum = crc32_of(out->text + start, out->length_bytes - start);
	strbuf_printf(out, SUM_KEY "%0*x\n", SUM_DIGITS, sum);
}

/* Returns whether the line ends with its checksum; cuts that off. */
static bool check_sum(char *line, size_t length_bytes)
{
	size_t tail_bytes = strlen(SUM_KEY) + SUM_DIGITS;
	char expected[32];
	char *tail;

	if (length_bytes < tail_bytes || memchr(line, '\0', length_bytes))
		return false;
	tail = line + length_bytes - tail_bytes;
	snprintf(expected, sizeof(expected), SUM_KEY "%0*x", SUM_DIGITS,
		 crc32_of(line, length_bytes - tail_bytes));
	if (memcmp(tail, expected, tail_bytes) != 0)
		return false;
	*tail = '\0';
	return true;
}

int line_open(char *line, size_t length_bytes, enum line_kind *kind, const char **arguments)
{
	size_t keyword_bytes;

	if (!check_sum(line, length_bytes))
		return -EBADMSG;
	keyword_bytes = strcspn(line, " ");
	for (unsigned int i = 0; i < LINE_KIND_COUNT; i++)
		if (strlen(line_kinds[i].keyword) == keyword_bytes &&
		    strncmp(line_kinds[i].keyword, line, keyword_bytes) == 0) {
			*kind = (enum line_kind)i;
			*arguments = line + keyword_bytes;
			return 0;
		}
	return -EINVAL;
}
