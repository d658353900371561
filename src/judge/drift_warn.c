// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/drift_warn.h"

/* As many as somebody reads; the latencies have them all. */
#define WARNINGS_MAX 8

static int warn_slower(struct run_evidence *run, const struct series *series,
		       const struct drift_result *drift)
{
	return evidence_warn(run,
			     "resets of %s%s by %s (%s) became slower: %.1f ms at the beginning, "
			     "%.1f ms at the end (medians of %lu)",
			     series->functions[0], series->function_count > 1 ? " and others" : "",
			     series->method, scenario_names[series->scenario],
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

int drift_warn(struct run_evidence *run, const struct totals *totals)
{
	unsigned int told = 0, untold = 0;
	int r = 0;

	for (size_t i = 0; i < totals->series_count && r == 0; i++) {
		const struct series *series = &totals->series[i];
		const struct drift_result drift = drift_judge(&series->drift);

		if (drift.latency != TREND_WORSE && drift.waits != TREND_WORSE)
			continue;
		if (told == WARNINGS_MAX) {
			untold++;
			continue;
		}
		told++;
		if (drift.latency == TREND_WORSE)
			r = warn_slower(run, series, &drift);
		if (r == 0 && drift.waits == TREND_WORSE)
			r = warn_waits(run, series, &drift);
	}
	if (r == 0 && untold)
		r = evidence_warn(run, "%u more became slower or were waited for more often",
				  untold);
	return r;
}
