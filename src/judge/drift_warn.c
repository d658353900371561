// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/drift_warn.h"

/* As many as somebody reads; the latencies have them all. */
#define WARNINGS_MAX 8

static int warn_slower(struct run_evidence *run, const struct series *series, const char *function,
		       const struct drift_result *drift)
{
	return evidence_warn(run,
			     "resets of %s by %s (%s) became slower: %.1f ms at the beginning, "
			     "%.1f ms at the end (medians of %lu)",
			     function, series->method, scenario_names[series->scenario],
			     (double)drift->first_median_ns / 1e6,
			     (double)drift->last_median_ns / 1e6, DRIFT_WINDOW);
}

static int warn_waits(struct run_evidence *run, const struct series *series,
		      const struct drift_result *drift)
{
	return evidence_warn(run,
			     "the kernel waited more often for %s%s after %s (%s): in %u of the "
			     "first %lu steps, in %u of the last",
			     series->functions[0], series->function_count > 1 ? " and others" : "",
			     series->method, scenario_names[series->scenario], drift->first_waits,
			     DRIFT_WINDOW, drift->last_waits);
}

/* Returns how much is to be told, or -ENOMEM. With @tell it is. */
static int warn_series(struct run_evidence *run, const struct series *series, bool tell)
{
	struct drift_result drift;
	int count = 0, r = 0;

	for (size_t i = 0; series->drifts && i < series->function_count && r == 0; i++) {
		drift = drift_judge(&series->drifts[i]);
		if (drift.latency != TREND_WORSE)
			continue;
		count++;
		if (tell)
			r = warn_slower(run, series, series->functions[i], &drift);
	}
	drift = series->drifts ? drift_judge(series->drifts) : (struct drift_result){0};
	if (drift.waits == TREND_WORSE && r == 0) {
		count++;
		if (tell)
			r = warn_waits(run, series, &drift);
	}
	return r < 0 ? r : count;
}

int drift_warn(struct run_evidence *run, const struct totals *totals)
{
	int told = 0, untold = 0;

	for (size_t i = 0; i < totals->series_count; i++) {
		const bool tell = told < WARNINGS_MAX;
		int count = warn_series(run, &totals->series[i], tell);

		if (count < 0)
			return count;
		*(tell ? &told : &untold) += count;
	}
	return untold ? evidence_warn(run, "%d more became slower or were waited for more often",
				      untold)
		      : 0;
}
