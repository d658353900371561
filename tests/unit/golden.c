// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <inttypes.h>

#include "golden.h"
#include "model/evidence_text.h"

char *golden_text(const char *path)
{
	_cleanup_free_ char *full = NULL;
	_cleanup_fclose_ FILE *file = NULL;
	char *text = NULL;
	size_t size = 0;

	assert_true(asprintf(&full, "%s/%s", GOLDEN_DIR, path) > 0);
	file = fopen(full, "r");
	if (!file)
		fail_msg("%s cannot be opened", full);
	/* Text has no NUL: the delimiter is never met. */
	if (getdelim(&text, &size, '\0', file) < 0)
		fail_msg("%s cannot be read", full);
	return text;
}

struct lines lines_split(const char *text)
{
	struct lines lines = {0};
	const char *end;

	for (; (end = strchr(text, '\n')); text = end + 1) {
		_cleanup_free_ char *line = strndup(text, (size_t)(end - text));

		assert_non_null(line);
		lines_insert(&lines, lines.count, line);
	}
	assert_int_equal(*text, '\0');
	return lines;
}

struct lines golden_lines(const char *name)
{
	_cleanup_free_ char *path = NULL, *text = NULL;

	assert_true(asprintf(&path, "captured/%s.ev", name) > 0);
	text = golden_text(path);
	return lines_split(text);
}

struct lines lines_copy(const struct lines *lines)
{
	struct lines copy = {0};

	for (size_t i = 0; i < lines->count; i++)
		lines_insert(&copy, i, lines->list[i]);
	return copy;
}

void lines_insert(struct lines *lines, size_t at, const char *line)
{
	char **list = reallocarray(lines->list, lines->count + 1, sizeof(*list));

	assert_non_null(list);
	assert_true(at <= lines->count);
	lines->list = list;
	memmove(&list[at + 1], &list[at], (lines->count - at) * sizeof(*list));
	list[at] = strdup(line);
	assert_non_null(list[at]);
	lines->count++;
}

void lines_remove(struct lines *lines, size_t at)
{
	assert_true(at < lines->count);
	free(lines->list[at]);
	lines->count--;
	memmove(&lines->list[at], &lines->list[at + 1], (lines->count - at) * sizeof(*lines->list));
}

void lines_replace(struct lines *lines, size_t at, const char *line)
{
	char *copy = strdup(line);

	assert_true(at < lines->count && copy);
	free(lines->list[at]);
	lines->list[at] = copy;
}

void lines_clear(struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->list[i]);
	free(lines->list);
	*lines = (struct lines){0};
}

/* Where the value of "FIELD=" begins, and how long it is with its quotes. */
static const char *find_value(const char *line, const char *field, size_t *length)
{
	size_t field_length = strcspn(field, "=") + 1;
	const char *at = line;

	while ((at = strchr(at, ' '))) {
		const char *value = ++at + field_length;
		const char *end = value;

		if (strncmp(at, field, field_length) != 0)
			continue;
		if (*end == '"')
			for (end++; *end && *end != '"'; end++)
				end += *end == '\\' && end[1];
		end += *end == '"';
		*length = (size_t)(end - value) + strcspn(end, " ");
		return value;
	}
	return NULL;
}

bool line_set(struct lines *lines, size_t at, const char *assignment)
{
	const char *line = lines->list[at];
	_cleanup_free_ char *made = NULL;
	size_t length;
	const char *value = find_value(line, assignment, &length);

	if (!value)
		return false;
	assert_true(asprintf(&made, "%.*s%s%s", (int)(value - line), line,
			     strchr(assignment, '=') + 1, value + length) > 0);
	lines_replace(lines, at, made);
	return true;
}

void line_put(struct lines *lines, size_t at, const char *assignment)
{
	_cleanup_free_ char *made = NULL;

	if (line_set(lines, at, assignment))
		return;
	assert_true(asprintf(&made, "%s %s", lines->list[at], assignment) > 0);
	lines_replace(lines, at, made);
}

char *line_get(const char *line, const char *field)
{
	size_t length;
	const char *value = find_value(line, field, &length);

	return value ? strndup(value, length) : NULL;
}

static bool is_trace(const char *line)
{
	return starts_with(line, "trace ");
}

static uint64_t trace_time(const char *line)
{
	size_t length;

	return strtoull(find_value(line, "time_ns=", &length), NULL, 10);
}

static int compare_times(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The events from @first to before @end are those of one step. */
static void retime_step(struct lines *lines, size_t first, size_t end)
{
	_cleanup_free_ uint64_t *times = calloc(end - first + 1, sizeof(*times));

	assert_non_null(times);
	for (size_t i = first; i < end; i++)
		times[i - first] = trace_time(lines->list[i]);
	qsort(times, end - first, sizeof(*times), compare_times);
	for (size_t i = first; i < end; i++) {
		char assignment[48];

		snprintf(assignment, sizeof(assignment), "time_ns=%" PRIu64, times[i - first]);
		assert_true(line_set(lines, i, assignment));
	}
}

void lines_retime(struct lines *lines)
{
	for (size_t first = 0; first < lines->count; first++) {
		size_t end = first;

		while (end < lines->count && is_trace(lines->list[end]))
			end++;
		if (end > first)
			retime_step(lines, first, end);
		first = end;
	}
}

/* Without the count of its lines a step has as many as there are. */
static void uncount(char *step)
{
	char *count = strstr(step, " lines=");

	if (count)
		*count = '\0';
}

void lines_count(struct lines *lines)
{
	unsigned int steps = 0;
	char end[64];

	for (size_t i = 0; i < lines->count; i++) {
		if (!starts_with(lines->list[i], "step "))
			continue;
		steps++;
		uncount(lines->list[i]);
	}
	snprintf(end, sizeof(end), "end steps=%u lines=%zu", steps, lines->count);
	lines_replace(lines, lines->count - 1, end);
}

int lines_parse(const struct lines *lines, struct run_evidence *run)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	size_t at;

	for (size_t i = 0; i < lines->count; i++) {
		strbuf_puts(&text, lines->list[i]);
		strbuf_puts(&text, "\n");
	}
	assert_int_equal(text.error, 0);
	return evidence_parse(text.text ? text.text : "", run, &at);
}
