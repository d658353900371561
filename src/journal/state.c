// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/state.h"

#include <errno.h>

#include "base/array.h"
#include "journal/lines.h"

int journal_state_add_change(struct journal_state *state, const struct change *change)
{
	struct change *added = ARRAY_APPEND(state->changes, state->change_count);

	if (!added)
		return -ENOMEM;
	*added = *change;
	return 0;
}

void journal_state_undone(struct journal_state *state, unsigned int id)
{
	/* It may shrink: array_append() knows the capacity by the count alone. */
	for (size_t i = 0; i < state->change_count; i++)
		if (state->changes[i].id == id) {
			memmove(&state->changes[i], &state->changes[i + 1],
				(state->change_count - i - 1) * sizeof(state->changes[0]));
			memset(&state->changes[--state->change_count], 0,
			       sizeof(state->changes[0]));
			return;
		}
}

int journal_state_complete(struct journal_state *state, const struct journal_step *step)
{
	struct journal_step *added;

	for (size_t i = 0; i < state->completed_count; i++)
		if (journal_step_same(&state->completed[i], step))
			return 0;
	added = ARRAY_APPEND(state->completed, state->completed_count);
	if (!added)
		return -ENOMEM;
	*added = *step;
	return 0;
}

int journal_state_add_down(struct journal_state *state, const struct journal_down *down)
{
	struct journal_down *added = ARRAY_APPEND(state->downs, state->down_count);

	if (!added)
		return -ENOMEM;
	*added = *down;
	return 0;
}

int journal_state_add_hung(struct journal_state *state, const struct journal_step *step)
{
	struct journal_step *added = ARRAY_APPEND(state->hung, state->hung_count);

	if (!added)
		return -ENOMEM;
	*added = *step;
	return 0;
}

void journal_state_settle(struct journal_state *state)
{
	state->in_flight = false;
	state->hung_count = 0;
}

bool journal_state_unsettled(const struct journal_state *state)
{
	return state->in_flight || state->hung_count > 0;
}

bool journal_state_is_foreign(const struct journal_state *state, const char *nodename)
{
	bool needed = !state->ended || state->signal || state->change_count || state->down_count ||
		      state->damaged_count || journal_state_unsettled(state);

	return state->present && needed && state->head.nodename[0] && nodename[0] &&
	       !streq(state->head.nodename, nodename);
}

static bool has_hung(const struct journal_state *state, unsigned int number)
{
	for (size_t i = 0; i < state->hung_count; i++)
		if (state->hung[i].number == number)
			return true;
	return false;
}

int journal_state_step_end(struct journal_state *state, unsigned int number)
{
	if (!state->in_flight || state->step.number != number)
		return -EINVAL;
	state->in_flight = false;
	/* What has not returned has shown nothing. */
	return has_hung(state, number) ? 0 : journal_state_complete(state, &state->step);
}

/* Nobody shall have root write anywhere by way of a journal. */
static int take_setting(struct journal_state *state, struct change *change)
{
	change->kind = CHANGE_SETTING;
	if (!setting_allowed(change->path) || !setting_is_value(change->before))
		return -EINVAL;
	return journal_state_add_change(state, change);
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
	case LINE_VFIO:
		record.change.kind = change_of_line(kind);
		return journal_state_add_change(state, &record.change);
	case LINE_LINK:
		record.change.kind = CHANGE_LINK;
		if (record.change.before[0] && !setting_is_value(record.change.before))
			return -EINVAL;
		return journal_state_add_change(state, &record.change);
	case LINE_SETTING:
		return take_setting(state, &record.change);
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

bool journal_step_same(const struct journal_step *a, const struct journal_step *b)
{
	return a->scenario == b->scenario && streq(a->method, b->method) &&
	       streq(a->targets, b->targets);
}

static void format_target(char text[BDF_MAX + 16], const char *function, uint16_t vendor,
			  uint16_t device)
{
	snprintf(text, BDF_MAX + 16, "%s/%04x:%04x", function, vendor, device);
}

/* Whether one of the targets begins with @text and ends there, or at one of @stops. */
static bool has_target(const struct journal_step *step, const char *text, const char *stops)
{
	for (const char *at = step->targets; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, stops);

		if (length == strlen(text) && strncmp(at, text, length) == 0)
			return true;
		at += strcspn(at, " ");
	}
	return false;
}

/* Whether the step is on the function of that address. */
static bool step_names(const struct journal_step *step, const char *function)
{
	return has_target(step, function, "/ ");
}

void journal_state_returned(struct journal_state *state, unsigned int number, const char *function)
{
	size_t kept = 0;

	if (state->hung_count == 0)
		return;
	for (size_t i = 0; i < state->hung_count; i++)
		if (state->hung[i].number != number || !step_names(&state->hung[i], function))
			state->hung[kept++] = state->hung[i];
	/* array_append() knows the capacity by the count alone: it may shrink. */
	memset(&state->hung[kept], 0, (state->hung_count - kept) * sizeof(state->hung[0]));
	state->hung_count = kept;
}

bool journal_step_has(const struct journal_step *step, const char *function, uint16_t vendor,
		      uint16_t device)
{
	char target[BDF_MAX + 16];

	format_target(target, function, vendor, device);
	return has_target(step, target, " ");
}

void journal_step_target(struct journal_step *step, const char *function, uint16_t vendor,
			 uint16_t device)
{
	char target[BDF_MAX + 16];
	size_t used = strlen(step->targets);

	format_target(target, function, vendor, device);
	snprintf(step->targets + used, sizeof(step->targets) - used, "%s%s", used ? " " : "",
		 target);
}

void journal_state_free(struct journal_state *state)
{
	free(state->changes);
	free(state->completed);
	free(state->downs);
	free(state->hung);
	*state = (struct journal_state){0};
}
