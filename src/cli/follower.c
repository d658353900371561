// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/follower.h"

#include <errno.h>

#include "base/array.h"

/* Calls one function of each follower that has it and did not fail. */
#define TELL(followers, what, ...)                                                                 \
	do {                                                                                       \
		for (size_t i_ = 0; i_ < (followers)->count; i_++) {                               \
			struct follower *follower_ = &(followers)->items[i_];                      \
                                                                                                   \
			if (follower_->what && !follower_->error)                                  \
				follower_->error = follower_->what(follower_->data, __VA_ARGS__);  \
		}                                                                                  \
	} while (0)

int followers_add(struct followers *followers, const struct follower *follower)
{
	struct follower *added = ARRAY_APPEND(followers->items, followers->count);

	if (added) {
		*added = *follower;
		return 0;
	}
	if (follower->free)
		follower->free(follower->data);
	return -ENOMEM;
}

void followers_run_begin(struct followers *followers, const struct run_evidence *run,
			 const struct totals *totals)
{
	followers->progress.totals = totals;
	TELL(followers, run_begin, run, &followers->progress);
}

void followers_round_begin(struct followers *followers, unsigned int round)
{
	struct run_progress *progress = &followers->progress;

	progress->round = round;
	progress->step = 0;
	memset(progress->round_counts, 0, sizeof(progress->round_counts));
}

void followers_step_begin(struct followers *followers, const struct step_heading *step)
{
	TELL(followers, step_begin, &followers->progress, step);
}

void followers_step_end(struct followers *followers, const struct run_evidence *run,
			const struct step_evidence *step, const struct step_result *result)
{
	followers->progress.round_counts[result->verdict]++;
	TELL(followers, step_end, &followers->progress, run, step, result);
}

void followers_round_end(struct followers *followers)
{
	TELL(followers, round_end, &followers->progress);
}

void followers_tick(struct followers *followers)
{
	TELL(followers, tick, &followers->progress);
}

void followers_run_end(struct followers *followers, const struct run_evidence *run,
		       const struct run_result *result, int exit_status)
{
	TELL(followers, run_end, &followers->progress, run, result, exit_status);
}

void followers_finish(struct followers *followers)
{
	for (size_t i = 0; i < followers->count; i++) {
		struct follower *follower = &followers->items[i];

		if (follower->finish && !follower->error)
			follower->error = follower->finish(follower->data);
	}
}

void followers_free(struct followers *followers)
{
	for (size_t i = 0; i < followers->count; i++)
		if (followers->items[i].free)
			followers->items[i].free(followers->items[i].data);
	free(followers->items);
	*followers = (struct followers){0};
}
