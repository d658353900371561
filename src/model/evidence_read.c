// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/array.h"
#include "model/evidence_records.h"
#include "model/evidence_text.h"

/* Where the space belongs: to a subject, or to the bridge above the first one that has it. */
static struct config_space **config_slot(struct step_evidence *step,
					 const struct config_record *head)
{
	const struct subject *found = step_subject(step, head->function);

	if (found) {
		struct subject *subject = &step->subjects[found - step->subjects];

		return head->after ? &subject->after : &subject->before;
	}
	for (size_t i = 0; i < step->subject_count && head->function[0]; i++) {
		struct subject *subject = &step->subjects[i];

		if (streq(subject->upstream, head->function))
			return head->after ? &subject->upstream_after : &subject->upstream_before;
	}
	return NULL;
}

static int parse_config(struct evidence_reader *reader, const char *arguments)
{
	struct config_record head = {0};
	struct config_space **slot;
	int r = record_parse(arguments, &record_config, &head);

	if (r < 0)
		return r;
	slot = config_slot(reader->step, &head);
	if (!slot || *slot || head.length_bytes > CONFIG_BYTES_MAX)
		return -EINVAL;
	*slot = calloc(1, sizeof(**slot));
	if (!*slot)
		return -ENOMEM;
	reader->config = *slot;
	reader->config->readable = true;
	reader->config->length_bytes = head.length_bytes;
	return 0;
}

static int parse_row(struct evidence_reader *reader, const char *arguments)
{
	struct row_record row = {0};
	const char *at;
	int r = record_parse(arguments, &record_row, &row);

	if (r < 0)
		return r;
	if (!reader->config || row.offset % CONFIG_ROW_BYTES ||
	    row.offset + CONFIG_ROW_BYTES > reader->config->length_bytes)
		return -EINVAL;
	at = row.bytes;
	for (unsigned int i = 0; i < CONFIG_ROW_BYTES; i++) {
		char *end;
		unsigned long byte = strtoul(at, &end, 16);

		if (end == at || byte > 0xff)
			return -EINVAL;
		reader->config->bytes[row.offset + i] = (uint8_t)byte;
		at = end;
	}
	return *at ? -EINVAL : 0;
}

static int parse_fact(struct evidence_reader *reader, const char *arguments)
{
	struct fact_record fact = {0};
	int r = record_parse(arguments, &record_fact, &fact);
	enum tri *value = facts_value(&reader->run->facts, fact.name);

	if (r == 0 && value)
		*value = fact.value;
	return r;
}

static int parse_known(struct evidence_reader *reader, const char *arguments)
{
	struct known_record function = {0};
	int r = record_parse(arguments, &record_known, &function);

	return r < 0 ? r : known_add(&reader->run->known, function.name);
}

static int parse_refusal(struct evidence_reader *reader, const char *arguments)
{
	struct refusal *refusal = evidence_add_refusal(reader->run);
	int r = refusal ? record_parse(arguments, &record_refusal, refusal) : -ENOMEM;

	return r < 0 ? r : known_add(&reader->run->known, refusal->function);
}

static int parse_warning(struct evidence_reader *reader, const char *arguments)
{
	_cleanup_free_ char *text = NULL;
	struct warning_record warning = {0};
	int r = record_parse(arguments, &record_warning, &warning);

	text = warning.text;
	return r < 0 || !text ? r : evidence_warn(reader->run, "%s", text);
}

static int parse_log(struct evidence_reader *reader, const char *arguments)
{
	struct log_record *record = ARRAY_APPEND(reader->step->log, reader->step->log_count);
	int r;

	if (!record)
		return -ENOMEM;
	r = record_parse(arguments, &record_log, record);
	if (r < 0)
		return r;
	return record->text && record->device ? 0 : -EINVAL;
}

static int parse_subject(struct evidence_reader *reader, const char *arguments)
{
	struct subject *subject;
	int r;

	if (reader->step->subject_count == SUBJECTS_MAX)
		return -EINVAL;
	subject = step_add_subject(reader->step);
	r = record_parse(arguments, &record_subject, subject);
	if (r < 0)
		return r;
	/* One name, one function: the first of that name is found. */
	if (step_subject(reader->step, subject->function) != subject)
		return -EINVAL;
	return known_add(&reader->run->known, subject->function);
}

static int parse_step(struct evidence_reader *reader, const char *arguments)
{
	struct step_size size = {.lines = LINES_NOT_TOLD};
	int r;

	reader->step = evidence_add_step(reader->run);
	if (!reader->step)
		return -ENOMEM;
	r = record_parse(arguments, &record_step, reader->step);
	if (r == 0)
		r = record_parse(arguments, &record_step_size, &size);
	reader->lines_told = size.lines;
	reader->lines_seen = 0;
	reader->steps++;
	return r;
}

/* A record of a step that is appended to an array of it and has no owner of its own. */
#define PARSE_APPENDED(add, kind)                                                                  \
	({                                                                                         \
		__typeof__(add(reader->step)) added_ = add(reader->step);                          \
		added_ ? record_parse(arguments, kind, added_) : -ENOMEM;                          \
	})

static int parse_write(struct evidence_reader *reader, const char *arguments)
{
	if (reader->step->write_count == WRITES_MAX)
		return -EINVAL;
	return PARSE_APPENDED(step_add_write, &record_step_write);
}

static int parse_counter(struct evidence_reader *reader, const char *arguments)
{
	if (reader->step->counter_count == COUNTERS_MAX)
		return -EINVAL;
	return PARSE_APPENDED(step_add_counter, &record_counter);
}

static int parse_in_step(struct evidence_reader *reader, const char *keyword, const char *arguments)
{
	if (!reader->step)
		return -EINVAL;
	reader->lines_seen++;
	if (streq(keyword, "subject"))
		return parse_subject(reader, arguments);
	if (streq(keyword, "config"))
		return parse_config(reader, arguments);
	if (streq(keyword, "row"))
		return parse_row(reader, arguments);
	if (streq(keyword, "write"))
		return parse_write(reader, arguments);
	if (streq(keyword, "traffic"))
		return PARSE_APPENDED(step_add_traffic, &record_traffic);
	if (streq(keyword, "vf"))
		return PARSE_APPENDED(step_add_vf, &record_vf);
	if (streq(keyword, "trace-state"))
		return record_parse(arguments, &record_trace_state, &reader->step->trace_state);
	if (streq(keyword, "trace"))
		return PARSE_APPENDED(step_add_trace, &record_trace);
	if (streq(keyword, "log-state"))
		return record_parse(arguments, &record_log_state, &reader->step->log_state);
	if (streq(keyword, "log"))
		return parse_log(reader, arguments);
	if (streq(keyword, "counter"))
		return parse_counter(reader, arguments);
	if (streq(keyword, "uevent"))
		return PARSE_APPENDED(step_add_uevent, &record_uevent);
	return -EINVAL;
}

int evidence_read_record(struct evidence_reader *reader, const char *keyword, const char *arguments)
{
	if (streq(keyword, "run"))
		return record_parse(arguments, &record_run, reader->run);
	if (streq(keyword, "warning"))
		return parse_warning(reader, arguments);
	if (streq(keyword, "step"))
		return parse_step(reader, arguments);
	/* The steps are judged by the rest of the head as soon as they are read. */
	if (reader->steps)
		return parse_in_step(reader, keyword, arguments);
	if (streq(keyword, "host"))
		return record_parse(arguments, &record_host, &reader->run->host);
	if (streq(keyword, "kernel"))
		return record_parse(arguments, &record_kernel, &reader->run->facts);
	if (streq(keyword, "fact"))
		return parse_fact(reader, arguments);
	if (streq(keyword, "refusal"))
		return parse_refusal(reader, arguments);
	if (streq(keyword, "function"))
		return parse_known(reader, arguments);
	return -EINVAL;
}
