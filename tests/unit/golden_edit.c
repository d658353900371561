// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fnmatch.h>
#include <inttypes.h>

#include "base/strbuf.h"
#include "golden_edit.h"

/* A glob and which of its matches is meant, 0 for all. */
struct match {
	const char *glob;
	unsigned long only;
	unsigned long seen;
};

static bool next_match(struct match *match, const char *line)
{
	if (fnmatch(match->glob, line, 0) != 0)
		return false;
	match->seen++;
	return match->only == 0 || match->seen == match->only;
}

/* Nothing below these lines, or above them, belongs to the same step. */
static bool is_border(const char *line)
{
	return starts_with(line, "step ") || starts_with(line, "end ");
}

/* The nearest line below @at in its step that the glob matches, 0 when there is none. */
static size_t find_below(const struct lines *lines, size_t at, const char *glob)
{
	while (++at < lines->count && !is_border(lines->list[at]))
		if (fnmatch(glob, lines->list[at], 0) == 0)
			return at;
	return 0;
}

static size_t find_above(const struct lines *lines, size_t at, const char *glob)
{
	while (--at > 0 && !is_border(lines->list[at]))
		if (fnmatch(glob, lines->list[at], 0) == 0)
			return at;
	return 0;
}

/* The line on which the call that was entered at @at returns, 0 when it does not. */
static size_t find_return(const struct lines *lines, size_t at)
{
	_cleanup_free_ char *kind = line_get(lines->list[at], "kind=");
	_cleanup_free_ char *pid = line_get(lines->list[at], "pid=");
	_cleanup_free_ char *symbol = line_get(lines->list[at], "symbol=");
	_cleanup_free_ char *glob = NULL;

	assert_true(kind && pid && symbol);
	assert_true(asprintf(&glob, "trace * pid=%s kind=%s-return * symbol=%s *", pid, kind,
			     symbol) > 0);
	return find_below(lines, at, glob);
}

/* Where the line of the first subject is that was reset in the step around @at, 0 for none. */
static size_t find_subject(const struct lines *lines, size_t at)
{
	while (at > 0 && !starts_with(lines->list[at], "step "))
		at--;
	return find_below(lines, at, "subject * started=yes *");
}

static void add_field(struct strbuf *out, const char *line, const char *field)
{
	_cleanup_free_ char *value = line_get(line, field);

	strbuf_printf(out, "%s", value ? value : "");
}

/* Replaces $own, $function and $pid as they stand for the line @at. */
static char *expand(const struct lines *lines, size_t at, const char *text)
{
	_cleanup_strbuf_ struct strbuf out = {0};
	const char *subject = lines->list[find_subject(lines, at)];
	char *made;

	while (*text) {
		if (starts_with(text, "$own")) {
			add_field(&out, lines->list[at], "function=");
			text += strlen("$own");
		} else if (starts_with(text, "$function")) {
			add_field(&out, subject, "function=");
			text += strlen("$function");
		} else if (starts_with(text, "$pid")) {
			add_field(&out, subject, "pid=");
			text += strlen("$pid");
		} else {
			strbuf_add(&out, text++, 1);
		}
	}
	assert_int_equal(strbuf_take(&out, &made), 0);
	return made;
}

static void line_move(struct lines *lines, size_t from, size_t to)
{
	_cleanup_free_ char *line = strdup(lines->list[from]);

	lines_remove(lines, from);
	lines_insert(lines, to, line);
}

/*
 * Each of these edits the line @at and returns the one to go on with, 0 when it cannot be edited.
 * Line 0 is the head of the file, which no edit leads to.
 */
static size_t edit_drop(struct lines *lines, size_t at, const char *argument)
{
	(void)argument;
	lines_remove(lines, at);
	return at;
}

static size_t edit_drop_call(struct lines *lines, size_t at, const char *argument)
{
	size_t end = find_return(lines, at);

	(void)argument;
	if (!end)
		return 0;
	lines_remove(lines, end);
	lines_remove(lines, at);
	return at;
}

static size_t edit_cut(struct lines *lines, size_t at, const char *argument)
{
	(void)argument;
	while (lines->count > at)
		lines_remove(lines, at);
	return at;
}

static size_t edit_set(struct lines *lines, size_t at, const char *argument)
{
	_cleanup_free_ char *copy = strdup(argument);
	char *assignment = copy;

	/* Assignments are parted by blanks, so a value with blanks stands alone. */
	while (assignment) {
		char *next = strchr(assignment, '"') ? NULL : strchr(assignment, ' ');

		if (next)
			*next++ = '\0';
		if (!line_set(lines, at, assignment))
			fail_msg("no such field: %s", assignment);
		assignment = next;
	}
	return at + 1;
}

static size_t edit_give(struct lines *lines, size_t at, const char *argument)
{
	if (line_set(lines, at, argument))
		fail_msg("it has that field: %s", argument);
	line_put(lines, at, argument);
	return at + 1;
}

static size_t edit_put(struct lines *lines, size_t at, const char *argument)
{
	line_put(lines, at, argument);
	return at + 1;
}

static uint64_t number_in(const char *line, const char *field)
{
	_cleanup_free_ char *value = line_get(line, field);

	return value ? strtoull(value, NULL, 10) : 0;
}

static void put_number(struct lines *lines, size_t at, const char *field, uint64_t number)
{
	char assignment[80];

	snprintf(assignment, sizeof(assignment), "%s%" PRIu64, field, number);
	line_put(lines, at, assignment);
}

static size_t edit_bump(struct lines *lines, size_t at, const char *argument)
{
	put_number(lines, at, argument, number_in(lines->list[at], argument) + 1);
	return at + 1;
}

static size_t edit_twice(struct lines *lines, size_t at, const char *argument)
{
	_cleanup_free_ char *copy = strdup(lines->list[at]);

	(void)argument;
	lines_insert(lines, at + 1, copy);
	return at + 2;
}

static size_t edit_swap(struct lines *lines, size_t at, const char *argument)
{
	size_t other = find_below(lines, at, argument);

	if (!other)
		return 0;
	line_move(lines, other, at);
	line_move(lines, at + 1, other);
	return other + 1;
}

static size_t edit_delay(struct lines *lines, size_t at, const char *argument)
{
	size_t to = find_below(lines, at, argument);

	if (to)
		line_move(lines, at, to);
	return to ? to + 1 : 0;
}

static size_t edit_hasten(struct lines *lines, size_t at, const char *argument)
{
	size_t to = find_above(lines, at, argument);

	if (to)
		line_move(lines, at, to);
	return to ? at + 1 : 0;
}

static size_t edit_hasten_call(struct lines *lines, size_t at, const char *argument)
{
	size_t to = find_above(lines, at, argument), end = find_return(lines, at);

	if (!to || !end)
		return 0;
	line_move(lines, end, to);
	line_move(lines, at + 1, to);
	return at + 2;
}

static size_t edit_log(struct lines *lines, size_t at, const char *argument)
{
	_cleanup_free_ char *record = NULL;
	size_t state = find_below(lines, at, "log-state *");
	size_t last = state;
	uint64_t sequence;

	if (!state)
		return 0;
	while (starts_with(lines->list[last + 1], "log "))
		last++;
	sequence = last > state ? number_in(lines->list[last], "sequence=")
				: number_in(lines->list[state], "begin_sequence=");
	assert_true(asprintf(&record, "log sequence=%" PRIu64 " time_us=%" PRIu64 " %s",
			     sequence + 1,
			     number_in(lines->list[find_subject(lines, at)], "begin_ns=") / 1000,
			     argument) > 0);
	lines_insert(lines, last + 1, record);
	if (number_in(lines->list[state], "end_sequence="))
		put_number(lines, state, "end_sequence=", sequence + 2);
	return at + 1;
}

static const struct {
	const char *name;
	bool has_argument;
	size_t (*apply)(struct lines *lines, size_t at, const char *argument);
} verbs[] = {
	{"drop", false, edit_drop},    {"drop-call", false, edit_drop_call},
	{"cut", false, edit_cut},      {"set", true, edit_set},
	{"give", true, edit_give},     {"put", true, edit_put},
	{"bump", true, edit_bump},     {"twice", false, edit_twice},
	{"swap", true, edit_swap},     {"delay", true, edit_delay},
	{"hasten", true, edit_hasten}, {"hasten-call", true, edit_hasten_call},
	{"log", true, edit_log},
};

static bool edit_add(struct lines *lines, struct match *match, const char *line)
{
	for (size_t i = lines->count; i > 0; i--)
		if (next_match(match, lines->list[i - 1])) {
			_cleanup_free_ char *made = expand(lines, i - 1, line);

			lines_insert(lines, i, made);
			return true;
		}
	return false;
}

static bool edit_move(struct lines *lines, struct match *match, const char *target)
{
	_cleanup_lines_ struct lines moved = {0};
	size_t to = 0;

	for (size_t i = 0; i < lines->count;) {
		if (next_match(match, lines->list[i])) {
			lines_insert(&moved, moved.count, lines->list[i]);
			lines_remove(lines, i);
		} else {
			i++;
		}
	}
	while (to < lines->count && fnmatch(target, lines->list[to], 0) != 0)
		to++;
	for (size_t i = 0; i < moved.count; i++)
		lines_insert(lines, to + i, moved.list[i]);
	return moved.count > 0 && to < lines->count;
}

static bool edit_matches(struct lines *lines, struct match *match, size_t verb,
			 const char *argument)
{
	bool edited = false;

	for (size_t i = 1; i < lines->count;) {
		_cleanup_free_ char *made = NULL;

		if (!next_match(match, lines->list[i])) {
			i++;
			continue;
		}
		made = argument ? expand(lines, i, argument) : NULL;
		i = verbs[verb].apply(lines, i, made);
		if (i == 0)
			return false;
		edited = true;
		if (match->only)
			break;
	}
	return edited;
}

bool golden_try_edit(struct lines *lines, const char *edit)
{
	_cleanup_free_ char *copy = strdup(edit);
	char *rest = copy + strcspn(copy, " "), *argument = strstr(copy, " => ");
	struct match match = {0};

	if (argument) {
		*argument = '\0';
		argument += strlen(" => ");
	}
	assert_int_equal(*rest, ' ');
	*rest++ = '\0';
	if (*rest == '#') {
		match.only = strtoul(rest + 1, &rest, 10);
		assert_int_equal(*rest, ' ');
		rest++;
	}
	match.glob = rest;
	if (streq(copy, "add") && argument)
		return edit_add(lines, &match, argument);
	if (streq(copy, "move") && argument)
		return edit_move(lines, &match, argument);
	for (size_t verb = 0; verb < ARRAY_SIZE(verbs); verb++)
		if (streq(copy, verbs[verb].name) && verbs[verb].has_argument == (argument != NULL))
			return edit_matches(lines, &match, verb, argument);
	fail_msg("no such edit: %s", edit);
	return false;
}

void golden_edit(struct lines *lines, const char *edit)
{
	if (!golden_try_edit(lines, edit))
		fail_msg("nothing to edit: %s", edit);
	lines_retime(lines);
	lines_count(lines);
}

size_t lines_first_difference(const struct lines *a, const struct lines *b)
{
	size_t at = 0;

	while (at < a->count && at < b->count && streq(a->list[at], b->list[at]))
		at++;
	return at;
}
