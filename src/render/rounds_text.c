// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/rounds_text.h"

#include <inttypes.h>

#include "base/escape.h"
#include "render/drift_text.h"
#include "render/wrap.h"

static bool was_run(const struct series *series)
{
	return series->counts[STEP_PASS] || series->counts[STEP_FAIL] ||
	       series->counts[STEP_INCONCLUSIVE];
}

static void write_name(struct strbuf *out, const struct series *series)
{
	strbuf_puts(out, "  ");
	for (size_t i = 0; i < series->function_count; i++) {
		strbuf_puts(out, i ? " + " : "");
		escape_printable(out, series->functions[i]);
	}
	strbuf_puts(out, "  ");
	escape_printable(out, series->method);
	strbuf_printf(out, "  (%s)\n", scenario_names[series->scenario]);
}

static void write_counts(struct strbuf *out, const struct series *series)
{
	static const char *const words[STEP_VERDICT_COUNT] = {
		[STEP_PASS] = "passed",
		[STEP_FAIL] = "failed",
		[STEP_SKIP] = "left out",
		[STEP_INCONCLUSIVE] = "inconclusive",
	};
	const char *before = "     Steps      ";

	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++) {
		if (series->counts[i] == 0)
			continue;
		strbuf_printf(out, "%s%" PRIu64 " %s", before, series->counts[i], words[i]);
		before = ", ";
	}
	strbuf_puts(out, "\n");
}

static void write_latency(struct strbuf *out, const struct latency *latency)
{
	if (latency->count)
		strbuf_printf(
			out,
			"     Reset took %.1f ms at least, %.1f median, %.1f p99, %.1f at most\n",
			(double)latency->min_ns / 1e6,
			(double)latency_quantile_ns(latency, 500) / 1e6,
			(double)latency_quantile_ns(latency, 990) / 1e6,
			(double)latency->max_ns / 1e6);
}

static void write_line(struct strbuf *out, const char *label, const struct strbuf *text)
{
	if (text->length_bytes)
		strbuf_printf(out, "     %s%s\n", label, text->text);
}

static void write_drift(struct strbuf *out, const struct series *series)
{
	_cleanup_strbuf_ struct strbuf latency = {0}, waits = {0};

	drift_text_latency(&latency, series);
	drift_text_waits(&waits, series);
	if (series->latency.count)
		write_line(out, "Drift      ", &latency);
	write_line(out, "Waits      ", &waits);
}

void rounds_text_write(struct strbuf *out, const struct totals *totals)
{
	strbuf_printf(out, "Rounds    %u, %" PRIu64 " steps\n", totals->rounds,
		      totals_steps(totals));
	for (size_t i = 0; i < totals->series_count; i++) {
		if (!was_run(&totals->series[i]))
			continue;
		write_name(out, &totals->series[i]);
		write_counts(out, &totals->series[i]);
		write_latency(out, &totals->series[i].latency);
		write_drift(out, &totals->series[i]);
	}
	strbuf_puts(out, "\n");
}
