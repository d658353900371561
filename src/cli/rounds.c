// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/rounds.h"

#include <time.h>

#include "base/monotonic.h"
#include "cli/signals.h"

/* A signal that comes right before the sleep is noticed this late. */
#define SLEEP_NS_MAX 200000000ULL

bool rounds_repeat(const struct rounds_options *options)
{
	return options->loops ? options->loops > 1 : options->duration_ns || options->until_fail;
}

unsigned int rounds_wanted(const struct rounds_options *options)
{
	return rounds_repeat(options) ? options->loops : 1;
}

static uint64_t later(uint64_t time_ns, uint64_t span_ns)
{
	return span_ns > UINT64_MAX - time_ns ? UINT64_MAX : time_ns + span_ns;
}

void rounds_begin(struct rounds *rounds, const struct rounds_options *options)
{
	uint64_t now_ns = monotonic_ns();

	*rounds = (struct rounds){
		.options = options,
		.begin_ns = now_ns,
		.deadline_ns =
			options->duration_ns ? later(now_ns, options->duration_ns) : UINT64_MAX,
		.round = 1,
	};
}

bool rounds_over(const struct rounds *rounds)
{
	return rounds->round > 1 && monotonic_ns() >= rounds->deadline_ns;
}

static void sleep_until(const struct rounds *rounds, uint64_t end_ns)
{
	for (uint64_t now = monotonic_ns(); now < end_ns && !signals_caught();
	     now = monotonic_ns()) {
		uint64_t left_ns = end_ns - now < SLEEP_NS_MAX ? end_ns - now : SLEEP_NS_MAX;
		struct timespec span = {.tv_nsec = (long)left_ns};

		if (rounds->tick)
			rounds->tick(rounds->tick_data);
		signals_stop_if_told();
		nanosleep(&span, NULL);
	}
}

static bool is_last(const struct rounds *rounds)
{
	const struct rounds_options *options = rounds->options;

	return !rounds_repeat(options) || (options->loops && rounds->round >= options->loops);
}

bool rounds_next(struct rounds *rounds)
{
	uint64_t begin_ns = later(monotonic_ns(), rounds->options->interval_ns);

	if (is_last(rounds) || begin_ns >= rounds->deadline_ns || rounds->round == UINT32_MAX)
		return false;
	sleep_until(rounds, begin_ns);
	if (signals_caught())
		return false;
	rounds->round++;
	return true;
}
