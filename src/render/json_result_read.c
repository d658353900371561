// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_result_read.h"

#include <ctype.h>
#include <errno.h>
#include <json-c/json.h>

/* Of one document or event. A step takes about 3000 bytes and 100 parts. */
#define VALUE_BYTES_MAX (64UL << 20)
#define VALUE_PARTS_MAX (4UL << 20)
/* Ours have half of it. */
#define DEPTH_MAX 32
#define PIECE_BYTES (64UL << 10)
/* Of one file. */
#define RESULTS_MAX 100000

int json_result_reader_init(struct json_result_reader *reader, struct fleet *fleet,
			    const char *source)
{
	reader->fleet = fleet;
	reader->source = source;
	reader->tokener = json_tokener_new_ex(DEPTH_MAX);
	if (!reader->tokener)
		return -ENOMEM;
	json_tokener_set_flags(reader->tokener,
			       JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS);
	return 0;
}

/* Gives the result its name and its file, and hands it to the fleet. */
static int add(struct json_result_reader *reader, struct host_result *host)
{
	struct host_result *result = fleet_add(reader->fleet);
	char name[256];
	int r = 0;

	if (!result)
		return -ENOMEM;
	if (++reader->results == RESULTS_MAX) {
		reader->broken = true;
		host_result_clear(host);
		r = json_result_unknown(host, "more results than this program reads of one file");
	}
	*result = *host;
	*host = (struct host_result){0};
	if (!result->name || !fleet_is_name(result->name)) {
		free(result->name);
		fleet_name_of_file(reader->source, name, sizeof(name));
		result->name = strdup(name);
	}
	result->source = strdup(reader->source);
	return r == 0 && result->name && result->source ? 0 : -ENOMEM;
}

static int add_unknown(struct json_result_reader *reader, const char *what)
{
	_cleanup_host_result_ struct host_result host = {0};
	int r = json_result_unknown(&host, "line %zu: %s", reader->line_number, what);

	return r == 0 ? add(reader, &host) : r;
}

static int end_run(struct json_result_reader *reader)
{
	int r = 0;

	if (reader->run.begun) {
		r = json_result_end_run(&reader->run);
		if (r == 0)
			r = add(reader, &reader->run.host);
	}
	host_result_clear(&reader->run.host);
	reader->run = (struct json_result_run){0};
	return r;
}

static int take_event(struct json_result_reader *reader, struct json_object *event)
{
	int r = json_result_begins(event) ? end_run(reader) : 0;

	if (r == 0)
		r = json_result_take_event(&reader->run, event);
	if (r == -EINVAL) {
		r = reader->orphaned ? 0
				     : add_unknown(reader, "events of a run whose beginning "
							   "is missing");
		reader->orphaned = true;
		return r;
	}
	reader->orphaned = false;
	return r == 0 && reader->run.ended ? end_run(reader) : r;
}

static int take_value(struct json_result_reader *reader, struct json_object *value)
{
	_cleanup_host_result_ struct host_result host = {0};
	int r;

	if (json_result_is_event(value))
		return take_event(reader, value);
	r = end_run(reader);
	if (r == 0)
		r = json_result_of_document(value, &host);
	return r == 0 ? add(reader, &host) : r;
}

/* A stream goes on at its next line, and what is lost is the run's. */
static int fail(struct json_result_reader *reader, const char *what)
{
	json_tokener_reset(reader->tokener);
	reader->value_bytes = reader->value_parts = 0;
	reader->broken = !reader->stream;
	reader->failures++;
	if (!reader->run.begun)
		return add_unknown(reader, what);
	if (!reader->run.damage[0])
		snprintf(reader->run.damage, sizeof(reader->run.damage), "line %zu: %s",
			 reader->line_number, what);
	return 0;
}

static size_t count_parts(const char *bytes, size_t length_bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < length_bytes; i++)
		count += (bytes[i] == ',') | (bytes[i] == '[') | (bytes[i] == '{');
	return count;
}

static bool is_excessive(struct json_result_reader *reader, const char *bytes, size_t length_bytes)
{
	reader->value_bytes += length_bytes;
	reader->value_parts += count_parts(bytes, length_bytes);
	return reader->value_bytes > VALUE_BYTES_MAX || reader->value_parts > VALUE_PARTS_MAX;
}

static const char *word_error(enum json_tokener_error error)
{
	return error == json_tokener_error_depth ? "nested deeper than any result" : "no JSON";
}

/* In a stream its reader knows the line. */
static void pass_over(struct json_result_reader *reader, const char *bytes, size_t length_bytes)
{
	const char *end = bytes + length_bytes;

	while (!reader->stream && (bytes = memchr(bytes, '\n', (size_t)(end - bytes)))) {
		bytes++;
		reader->line_number++;
	}
}

/* The parser takes what space it sees behind a value; the next line is not yet read then. */
static size_t without_space(const char *bytes, size_t length_bytes)
{
	while (length_bytes && isspace((unsigned char)bytes[length_bytes - 1]))
		length_bytes--;
	return length_bytes;
}

/* Sets *used to how much of the text was parsed. */
static int parse_piece(struct json_result_reader *reader, const char *bytes, size_t length_bytes,
		       size_t *used)
{
	struct json_object *value =
		json_tokener_parse_ex(reader->tokener, bytes, (int)length_bytes);
	enum json_tokener_error error = json_tokener_get_error(reader->tokener);
	int r;

	*used = error == json_tokener_continue ? length_bytes
					       : json_tokener_get_parse_end(reader->tokener);
	/* A number ends where something else comes, perhaps in the next piece. */
	if (error != json_tokener_success || (!*used && !reader->value_bytes)) {
		pass_over(reader, bytes, *used);
		if (error == json_tokener_continue)
			return is_excessive(reader, bytes, *used)
				       ? fail(reader, "larger than any result")
				       : 0;
		json_object_put(value);
		return fail(reader, word_error(error));
	}
	*used = without_space(bytes, *used);
	pass_over(reader, bytes, *used);
	json_tokener_reset(reader->tokener);
	reader->value_bytes = reader->value_parts = 0;
	r = take_value(reader, value);
	json_object_put(value);
	return r;
}

static size_t count_space(const char *bytes, size_t length_bytes)
{
	size_t count = 0;

	while (count < length_bytes && isspace((unsigned char)bytes[count]))
		count++;
	return count;
}

/* Parses what is there of the text, or of a line; a value may be under way at both ends. */
static int parse(struct json_result_reader *reader, const char *bytes, size_t length_bytes)
{
	const char *nul = memchr(bytes, '\0', length_bytes);
	const char *end = nul ? nul : bytes + length_bytes;
	size_t failures = reader->failures;
	int r = 0;

	while (r == 0 && !reader->broken && reader->failures == failures) {
		size_t left = (size_t)(end - bytes);
		size_t used = reader->value_bytes ? 0 : count_space(bytes, left);

		if (used)
			pass_over(reader, bytes, used);
		else if (left)
			r = parse_piece(reader, bytes, left < PIECE_BYTES ? left : PIECE_BYTES,
					&used);
		else if (nul)
			r = fail(reader, "a NUL byte, which no JSON has");
		else
			break;
		bytes += used;
	}
	return r;
}

/* A line of a stream is whole by itself. */
static int parse_line(struct json_result_reader *reader)
{
	int r = parse(reader, reader->line.text, reader->line.length_bytes);

	if (r == 0 && reader->value_bytes)
		r = fail(reader, "half an event");
	strbuf_reset(&reader->line);
	return r;
}

/* Indented documents have nothing but a bracket there. */
static int begin(struct json_result_reader *reader)
{
	const struct strbuf *line = &reader->line;
	int r;

	reader->begun = true;
	reader->stream = memmem(line->text, line->length_bytes, "\"event\"", 7) != NULL;
	if (reader->stream)
		return parse_line(reader);
	r = parse(reader, line->text, line->length_bytes);
	strbuf_reset(&reader->line);
	return r;
}

/* Where lines matter. Returns how much of the text was used up, or -ENOMEM. */
static ssize_t take_line(struct json_result_reader *reader, const char *bytes, size_t length_bytes)
{
	const char *newline = memchr(bytes, '\n', length_bytes);
	size_t length = newline ? (size_t)(newline - bytes) + 1 : length_bytes;
	int r = 0;

	strbuf_add(&reader->line, bytes, length);
	if (reader->line.error)
		return reader->line.error;
	if (reader->line.length_bytes > VALUE_BYTES_MAX) {
		reader->broken = true;
		r = fail(reader, "larger than any result");
		reader->broken = true;
	} else if (newline) {
		reader->line_number++;
		r = reader->begun ? parse_line(reader) : begin(reader);
	}
	return r < 0 ? r : (ssize_t)length;
}

int json_result_reader_take(struct json_result_reader *reader, const char *bytes,
			    size_t length_bytes)
{
	while (length_bytes && !reader->broken) {
		ssize_t used;

		if (reader->begun && !reader->stream)
			return parse(reader, bytes, length_bytes);
		used = take_line(reader, bytes, length_bytes);
		if (used < 0)
			return (int)used;
		bytes += used;
		length_bytes -= (size_t)used;
	}
	return 0;
}

/* The last line has no newline. */
static int take_rest(struct json_result_reader *reader)
{
	if (!reader->line.length_bytes)
		return 0;
	reader->line_number++;
	return reader->begun ? parse_line(reader) : begin(reader);
}

int json_result_reader_end(struct json_result_reader *reader, int error)
{
	int r = reader->broken ? 0 : take_rest(reader);

	if (r == 0 && !reader->broken && (error || reader->value_bytes))
		r = fail(reader, error ? strerror(-error) : "the document ends too early");
	if (r == 0)
		r = end_run(reader);
	if (r == 0 && !reader->results)
		r = add_unknown(reader, "empty");
	return r;
}

void json_result_reader_free(struct json_result_reader *reader)
{
	if (reader->tokener)
		json_tokener_free(reader->tokener);
	strbuf_free(&reader->line);
	host_result_clear(&reader->run.host);
	*reader = (struct json_result_reader){0};
}
