// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/past.h"

#include <errno.h>

#include "base/array.h"
#include "base/words.h"
#include "model/slug.h"

#define SLUG_DOWN "host-went-down"
#define SLUG_DONE "done-before"

static int warn_of_recovery(const struct past *past, struct plan *plan)
{
	const struct recovery *recovery = &past->recovery;
	int r = 0;

	for (size_t i = 0; i < recovery->note_count && r == 0; i++)
		r = plan_warn(plan, "%s", recovery->notes[i]);
	for (size_t i = 0; i < recovery->item_count && r == 0; i++)
		r = plan_warn(plan, "put back what a run that died had changed: %s",
			      recovery->items[i].text);
	for (size_t i = 0; i < recovery->down_count && r == 0; i++) {
		const struct recovery_down *down = &recovery->downs[i];

		r = plan_warn(plan, "the host went down during %s on %s (%s%s%s)", down->method,
			      down->functions, down->source, down->started[0] ? ", run of " : "",
			      down->started);
	}
	return r;
}

/* Those of the journal are known by their ids too, and come first. NULL: it did not. */
static const struct recovery_down *down_of(const struct past *past, const struct function *function)
{
	for (size_t i = 0; i < past->recovery.down_count; i++) {
		const struct recovery_down *down = &past->recovery.downs[i];

		if (i < past->state.down_count
			    ? journal_step_has(&past->state.downs[i].step, function->bdf,
					       function->vendor, function->device)
			    : words_have(down->functions, function->bdf, strlen(function->bdf)))
			return down;
	}
	return NULL;
}

static int refuse_down(const struct function *function, const struct recovery_down *down,
		       struct plan *plan)
{
	struct refusal *refusal;

	for (size_t i = 0; i < plan->refusal_count; i++)
		if (streq(plan->refusals[i].function, function->bdf))
			return 0;
	refusal = ARRAY_APPEND(plan->refusals, plan->refusal_count);
	if (!refusal)
		return -ENOMEM;
	snprintf(refusal->function, sizeof(refusal->function), "%s", function->bdf);
	snprintf(refusal->reason, sizeof(refusal->reason), SLUG_DOWN);
	snprintf(refusal->text, sizeof(refusal->text), "the host went down during %s on it",
		 down->method);
	snprintf(refusal->override, sizeof(refusal->override), "%s", slug_find(SLUG_DOWN)->remedy);
	return 0;
}

/* Returns 1 when the step is not to be run, 0, or -ENOMEM. */
static int drop_down(const struct past *past, const struct plan_step *step, struct plan *plan)
{
	int dropped = 0;

	for (size_t i = 0; i < step->function_count; i++) {
		const struct recovery_down *down = down_of(past, step->functions[i]);

		if (!down)
			continue;
		dropped = 1;
		if (refuse_down(step->functions[i], down, plan) < 0)
			return -ENOMEM;
	}
	return dropped;
}

static int drop_completed(const struct past *past, const struct plan_step *step, struct plan *plan)
{
	struct journal_step wanted = {.scenario = step->scenario};
	struct plan_skip *skip;
	bool found = false;

	snprintf(wanted.method, sizeof(wanted.method), "%s", step->method);
	for (size_t i = 0; i < step->function_count; i++)
		journal_step_target(&wanted, step->functions[i]->bdf, step->functions[i]->vendor,
				    step->functions[i]->device);
	for (size_t i = 0; i < past->state.completed_count && !found; i++)
		found = journal_step_same(&past->state.completed[i], &wanted);
	if (!found)
		return 0;
	skip = ARRAY_APPEND(plan->skips, plan->skip_count);
	if (!skip)
		return -ENOMEM;
	skip->scenario = step->scenario;
	snprintf(skip->method, sizeof(skip->method), "%s", step->method);
	skip->function = step->functions[0];
	skip->reason = SLUG_DONE;
	snprintf(skip->text, sizeof(skip->text), "the run of %s completed it",
		 past->state.head.started);
	return 1;
}

static int drop_steps(const struct past *past, struct plan *plan)
{
	size_t kept = 0;

	for (size_t i = 0; i < plan->step_count; i++) {
		int r = drop_down(past, &plan->steps[i], plan);

		if (r == 0)
			r = drop_completed(past, &plan->steps[i], plan);
		if (r < 0)
			return r;
		if (r == 0)
			plan->steps[kept++] = plan->steps[i];
	}
	plan->step_count = kept;
	return 0;
}

int past_apply(struct past *past, bool resume, struct plan *plan)
{
	const struct journal_state *state = &past->state;
	int r = warn_of_recovery(past, plan);

	if (r == 0 && resume && (!state->present || (state->ended && !state->signal))) {
		r = plan_warn(plan, "there is nothing to resume: %s",
			      state->present ? "the run before came to its end"
					     : "no run was interrupted");
		resume = false;
	}
	if (!resume)
		past->state.completed_count = 0;
	return r < 0 ? r : drop_steps(past, plan);
}
