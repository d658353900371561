// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/drift_text.h"

#include <inttypes.h>

/* Of whichever function has most. */
static uint64_t resets_of(const struct series *series)
{
	uint64_t resets = 0;

	for (size_t i = 0; series->drifts && i < series->function_count; i++)
		if (series->drifts[i].resets > resets)
			resets = series->drifts[i].resets;
	return resets;
}

void drift_text_latency(struct strbuf *out, const struct series *series)
{
	size_t index;
	const struct drift_result drift = series_drift(series, &index);

	if (drift.latency == TREND_UNKNOWN) {
		strbuf_printf(out,
			      "not known: it takes %lu resets that worked, and there were %" PRIu64,
			      2 * DRIFT_WINDOW, resets_of(series));
		return;
	}
	strbuf_printf(out, "%s: %.1f ms at the beginning, %.1f ms at the end (medians of %lu)",
		      drift.latency == TREND_WORSE ? "slower" : "no slower",
		      (double)drift.first_median_ns / 1e6, (double)drift.last_median_ns / 1e6,
		      DRIFT_WINDOW);
	if (series->function_count > 1)
		strbuf_printf(out, ", of %s", series->functions[index]);
}

void drift_text_waits(struct strbuf *out, const struct series *series)
{
	size_t index;
	const struct drift_result drift = series_drift(series, &index);
	const struct drift *steps = series->drifts;

	if (!steps)
		return;
	if (drift.waits == TREND_UNKNOWN && steps->first_waits | steps->last_waits)
		strbuf_printf(out, "not known: it takes %lu steps, and there were %" PRIu64,
			      2 * DRIFT_WINDOW, steps->steps);
	else if (drift.first_waits || drift.last_waits)
		strbuf_printf(out, "%s: in %u of the first %lu steps, in %u of the last",
			      drift.waits == TREND_WORSE ? "more" : "no more", drift.first_waits,
			      DRIFT_WINDOW, drift.last_waits);
}
