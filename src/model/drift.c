// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/drift.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int drift_add_reset(struct drift *drift, uint64_t duration_ns)
{
	if (!drift->first_ns)
		drift->first_ns = calloc(2 * DRIFT_WINDOW, sizeof(*drift->first_ns));
	if (!drift->first_ns)
		return -ENOMEM;
	drift->last_ns = drift->first_ns + DRIFT_WINDOW;
	if (drift->resets < DRIFT_WINDOW)
		drift->first_ns[drift->resets] = duration_ns;
	drift->last_ns[drift->resets % DRIFT_WINDOW] = duration_ns;
	drift->resets++;
	return 0;
}

void drift_add_step(struct drift *drift, bool waited)
{
	if (drift->steps < DRIFT_WINDOW)
		drift->first_waits = drift->first_waits << 1 | waited;
	drift->last_waits = drift->last_waits << 1 | waited;
	drift->steps++;
}

static int compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* By nearest rank. */
struct quartiles {
	uint64_t low_ns, median_ns, high_ns;
};

static struct quartiles quartiles_of(const uint64_t *values)
{
	uint64_t sorted[DRIFT_WINDOW];

	memcpy(sorted, values, sizeof(sorted));
	qsort(sorted, DRIFT_WINDOW, sizeof(*sorted), compare);
	return (struct quartiles){
		.low_ns = sorted[DRIFT_WINDOW / 4 - 1],
		.median_ns = sorted[DRIFT_WINDOW / 2 - 1],
		.high_ns = sorted[DRIFT_WINDOW * 3 / 4 - 1],
	};
}

/* Without a product, which might not fit. */
static bool is_slower(const struct quartiles *first, const struct quartiles *last)
{
	return last->median_ns > first->median_ns &&
	       last->median_ns - first->median_ns > first->median_ns / 4 &&
	       last->low_ns > first->high_ns;
}

/* The variance of a count of rare things is the count. */
static bool is_more(unsigned int first, unsigned int last)
{
	return last > first && (last - first) * (last - first) > 9 * (last + first);
}

struct drift_result drift_judge(const struct drift *drift)
{
	struct drift_result result = {0};

	if (drift->resets >= 2 * DRIFT_WINDOW) {
		struct quartiles first = quartiles_of(drift->first_ns);
		struct quartiles last = quartiles_of(drift->last_ns);

		result.first_median_ns = first.median_ns;
		result.last_median_ns = last.median_ns;
		result.latency = is_slower(&first, &last) ? TREND_WORSE : TREND_NONE;
	}
	if (drift->steps >= 2 * DRIFT_WINDOW) {
		result.first_waits = (unsigned int)__builtin_popcountll(drift->first_waits);
		result.last_waits = (unsigned int)__builtin_popcountll(drift->last_waits);
		result.waits =
			is_more(result.first_waits, result.last_waits) ? TREND_WORSE : TREND_NONE;
	}
	return result;
}

void drift_clear(struct drift *drift)
{
	free(drift->first_ns);
	*drift = (struct drift){0};
}
