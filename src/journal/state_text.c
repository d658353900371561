// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/state.h"

#include <errno.h>

#include "journal/lines.h"

/* Nobody shall have root write anywhere by way of a journal. */
static bool is_safe(const struct change *change)
{
	if (change->kind == CHANGE_SETTING)
		return setting_allowed(change->path) && setting_is_value(change->before);
	if (change->kind == CHANGE_LINK)
		return !change->before[0] || setting_is_value(change->before);
	return true;
}

static int take_change(struct journal_state *state, enum line_kind kind, struct change *change)
{
	change->kind = change_of_line(kind);
	return is_safe(change) ? journal_state_add_change(state, change) : -EINVAL;
}

/* A record that is whole. Returns 0, -EINVAL when it does not fit in here, or -ENOMEM. */
static int take(struct journal_state *state, enum line_kind kind, const char *arguments)
{
	union {
		struct change change;
		struct undone_record undone;
		struct journal_step step;
		struct step_end_record step_end;
		struct returned_record returned;
		struct journal_down down;
		struct end_record end;
	} record = {0};
	int r;

	if (kind == LINE_HEAD)
		return -EINVAL;
	r = record_parse(arguments, &line_kinds[kind], &record);
	if (r < 0)
		return r;
	switch (kind) {
	case LINE_METHODS:
	case LINE_DRIVER:
	case LINE_TYPE:
	case LINE_TRACE:
	case LINE_SETTING:
	case LINE_LINK:
	case LINE_VFIO:
		return take_change(state, kind, &record.change);
	case LINE_UNDONE:
		journal_state_undone(state, record.undone.id);
		return 0;
	case LINE_STEP:
		state->step = record.step;
		state->in_flight = true;
		return 0;
	case LINE_STEP_END:
		return journal_state_step_end(state, record.step_end.number);
	case LINE_HUNG:
		return journal_state_add_hung(state, &record.step);
	case LINE_RETURNED:
		journal_state_returned(state, record.returned.number, record.returned.function);
		return 0;
	case LINE_COMPLETED:
		return journal_state_complete(state, &record.step);
	case LINE_DOWN:
		return journal_state_add_down(state, &record.down);
	case LINE_END:
		state->ended = true;
		state->signal = record.end.signal;
		return 0;
	case LINE_HEAD:
		break;
	}
	return -EINVAL;
}

static int take_head(struct journal_state *state, char *line, size_t length_bytes)
{
	enum line_kind kind;
	const char *arguments;

	if (line_open(line, length_bytes, &kind, &arguments) < 0 || kind != LINE_HEAD)
		return -EBADMSG;
	if (record_parse(arguments, &line_kinds[LINE_HEAD], &state->head) < 0)
		return state->head.version != JOURNAL_VERSION ? -EPROTO : -EBADMSG;
	if (state->head.version != JOURNAL_VERSION)
		return -EPROTO;
	if (!state->head.boot_id[0] || !state->head.run_id[0])
		return -EBADMSG;
	state->present = true;
	return 0;
}

/* @torn: nothing follows the line, not even its newline. */
static int take_line(struct journal_state *state, char *line, size_t length_bytes,
		     unsigned int number, bool torn)
{
	enum line_kind kind;
	const char *arguments;
	int r;

	if (number == 1 && !torn)
		return take_head(state, line, length_bytes);
	if (torn) {
		state->torn = true;
		return 0;
	}
	r = line_open(line, length_bytes, &kind, &arguments);
	if (r == 0)
		r = take(state, kind, arguments);
	if (r == -ENOMEM || r == 0)
		return r;
	if (state->damaged_count++ == 0)
		state->damaged_line = number;
	return 0;
}

int journal_state_parse(const char *text, size_t length_bytes, struct journal_state *state)
{
	_cleanup_free_ char *copy = malloc(length_bytes + 1);
	unsigned int number = 0;
	char *line = copy, *end = copy + length_bytes;
	int r = 0;

	if (!copy)
		return -ENOMEM;
	if (length_bytes)
		memcpy(copy, text, length_bytes);
	while (line < end && r == 0) {
		char *newline = memchr(line, '\n', (size_t)(end - line));
		char *stop = newline ? newline : end;

		*stop = '\0';
		r = take_line(state, line, (size_t)(stop - line), ++number, !newline);
		line = stop + 1;
	}
	return r;
}

void journal_state_write(struct strbuf *out, const struct journal_state *state)
{
	line_write(out, LINE_HEAD, &state->head);
	for (size_t i = 0; i < state->down_count; i++)
		line_write(out, LINE_DOWN, &state->downs[i]);
	for (size_t i = 0; i < state->completed_count; i++)
		line_write(out, LINE_COMPLETED, &state->completed[i]);
	for (size_t i = 0; i < state->change_count; i++)
		line_write(out, line_of_change(state->changes[i].kind), &state->changes[i]);
	for (size_t i = 0; i < state->hung_count; i++)
		line_write(out, LINE_HUNG, &state->hung[i]);
	if (state->in_flight)
		line_write(out, LINE_STEP, &state->step);
	if (state->ended) {
		struct end_record end = {.signal = state->signal};

		line_write(out, LINE_END, &end);
	}
}
