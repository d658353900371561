// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/state.h"

#include <errno.h>

#include "base/array.h"

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
	/* The count may be lowered: array_append() takes the capacity from it. */
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

void journal_state_returned(struct journal_state *state, unsigned int number, const char *function)
{
	size_t kept = 0;

	if (state->hung_count == 0)
		return;
	for (size_t i = 0; i < state->hung_count; i++)
		if (state->hung[i].number != number ||
		    !journal_step_names(&state->hung[i], function))
			state->hung[kept++] = state->hung[i];
	memset(&state->hung[kept], 0, (state->hung_count - kept) * sizeof(state->hung[0]));
	state->hung_count = kept;
}

void journal_state_free(struct journal_state *state)
{
	free(state->changes);
	free(state->completed);
	free(state->downs);
	free(state->hung);
	*state = (struct journal_state){0};
}
