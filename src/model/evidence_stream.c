// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "model/evidence_records.h"
#include "model/evidence_text.h"

void evidence_reader_init(struct evidence_reader *reader, struct run_evidence *run,
			  evidence_step_fn on_step, void *context)
{
	*reader = (struct evidence_reader){.run = run, .on_step = on_step, .context = context};
	run->facts = (struct kernel_facts)KERNEL_FACTS_INIT;
}

static int read_format(struct evidence_reader *reader, const char *keyword, const char *arguments)
{
	struct format_record format = {0};

	if (!streq(keyword, record_format.keyword) ||
	    record_parse(arguments, &record_format, &format) < 0 ||
	    format.version != EVIDENCE_VERSION)
		return -EPROTO;
	reader->headed = true;
	return 0;
}

static bool step_is_whole(const struct evidence_reader *reader)
{
	return reader->lines_told == reader->lines_seen;
}

/* Nothing that follows belongs to the step. */
static int close_step(struct evidence_reader *reader)
{
	if (!reader->step)
		return 0;
	if (reader->lines_told != LINES_NOT_TOLD && !step_is_whole(reader))
		return -ENODATA;
	reader->step = NULL;
	reader->config = NULL;
	return reader->on_step ? reader->on_step(reader->run, reader->context) : 0;
}

static int read_end(struct evidence_reader *reader, const char *arguments)
{
	struct end_record end = {0};
	int r = record_parse(arguments, &record_end, &end);

	reader->ended = true;
	reader->end_steps = end.steps;
	reader->end_lines = end.lines;
	return r;
}

int evidence_reader_line(struct evidence_reader *reader, char *line)
{
	size_t keyword_bytes = strcspn(line, " ");
	char *arguments = line + keyword_bytes;
	int r = 0;

	reader->line++;
	if (*arguments)
		*arguments++ = '\0';
	if (!reader->headed)
		return read_format(reader, line, arguments);
	if (reader->ended)
		return -EINVAL;
	if (streq(line, "step") || streq(line, "end"))
		r = close_step(reader);
	if (r < 0)
		return r;
	if (streq(line, "end"))
		return read_end(reader, arguments);
	r = evidence_read_record(reader, line, arguments);
	return r == 0 && reader->step && step_is_whole(reader) ? close_step(reader) : r;
}

/* What the last step lacks nobody knows. */
static int take_cut(struct evidence_reader *reader)
{
	if (reader->steps == 0)
		return -ENODATA;
	if (reader->step)
		evidence_drop_step(reader->run);
	reader->step = NULL;
	reader->run->cut = true;
	return 0;
}

int evidence_reader_end(struct evidence_reader *reader, const char *rest)
{
	if (!reader->headed)
		return *rest ? -EPROTO : -ENODATA;
	if (!reader->ended)
		return take_cut(reader);
	if (*rest || reader->end_lines != reader->line || reader->end_steps != reader->steps)
		return -ENODATA;
	return 0;
}

static int parse_lines(char *text, struct evidence_reader *reader, size_t *line)
{
	char *at = text;
	char *end;
	int r = 0;

	for (*line = 1; r == 0 && (end = strchr(at, '\n')); at = end + 1) {
		*end = '\0';
		r = evidence_reader_line(reader, at);
		*line += r == 0;
	}
	if (r == 0)
		r = evidence_reader_end(reader, at);
	return r == 0 && reader->run->cut ? -ENODATA : r;
}

int evidence_parse(const char *text, struct run_evidence *run, size_t *line)
{
	_cleanup_free_ char *copy = strdup(text);
	struct evidence_reader reader;
	int r;

	if (!copy)
		return -ENOMEM;
	evidence_reader_init(&reader, run, NULL, NULL);
	r = parse_lines(copy, &reader, line);
	if (r < 0)
		evidence_free(run);
	return r;
}
