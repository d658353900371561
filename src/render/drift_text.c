// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/drift_text.h"

#include <inttypes.h>

void drift_text_latency(struct strbuf *out, const struct series *series)
{
	const struct drift_result drift = drift_judge(&series->drift);

	if (drift.latency == TREND_UNKNOWN)
		strbuf_printf(out,
			      "not known: it takes %lu resets that worked, and there were %" PRIu64,
			      2 * DRIFT_WINDOW, series->drift.resets);
	else
		strbuf_printf(out,
			      "%s: %.1f ms at the beginning, %.1f ms at the end (medians of %lu)",
			      drift.latency == TREND_WORSE ? "slower" : "no slower",
			      (double)drift.first_median_ns / 1e6,
			      (double)drift.last_median_ns / 1e6, DRIFT_WINDOW);
}

void drift_text_waits(struct strbuf *out, const struct series *series)
{
	const struct drift_result drift = drift_judge(&series->drift);

	if (drift.waits == TREND_UNKNOWN && series->drift.first_waits | series->drift.last_waits)
		strbuf_printf(out, "not known: it takes %lu steps, and there were %" PRIu64,
			      2 * DRIFT_WINDOW, series->drift.steps);
	else if (drift.first_waits || drift.last_waits)
		strbuf_printf(out, "%s: in %u of the first %lu steps, in %u of the last",
			      drift.waits == TREND_WORSE ? "more" : "no more", drift.first_waits,
			      DRIFT_WINDOW, drift.last_waits);
}
