// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "render/drift_text.h"
#include "render/html_run.h"

#define WIDTH 960.0
#define LEFT 300.0
#define PLOT (WIDTH - LEFT - 30)
#define ROW_HEIGHT 58.0
#define BAR_HEIGHT 36.0
#define AXIS_HEIGHT 26.0
#define BINS 60
#define DRAWN_MAX 24
#define LISTED_MAX 300

/* From and to, as powers of two: 1 ms and 1 min are both to be seen. */
struct scale {
	double low, high;
};

/* The logarithm to base 2, straight between powers of two. */
static double power_of(uint64_t ns)
{
	unsigned int whole = 63 - (unsigned int)__builtin_clzll(ns | 1);

	return whole + (double)(ns | 1) / (double)(UINT64_C(1) << whole) - 1;
}

static uint64_t ns_of(double power)
{
	unsigned int whole = power < 0 ? 0 : power > 62 ? 62 : (unsigned int)power;

	return (uint64_t)((1 + power - whole) * (double)(UINT64_C(1) << whole));
}

static double x_of(const struct scale *scale, uint64_t ns)
{
	return LEFT + PLOT * (power_of(ns) - scale->low) / (scale->high - scale->low);
}

static uint64_t bin_ns(const struct scale *scale, unsigned int bin)
{
	return ns_of(scale->low + (scale->high - scale->low) * bin / BINS);
}

/* With some room on both sides, so that a single value has a place. */
static struct scale scale_of(const struct totals *totals)
{
	struct scale scale = {64, 0};

	for (size_t i = 0; i < totals->series_count; i++) {
		const struct latency *latency = &totals->series[i].latency;

		if (!latency->count)
			continue;
		if (power_of(latency->min_ns) < scale.low)
			scale.low = power_of(latency->min_ns);
		if (power_of(latency->max_ns) > scale.high)
			scale.high = power_of(latency->max_ns);
	}
	scale.low = scale.low < 1 ? 0 : scale.low - 1;
	scale.high = scale.high > 62 ? 63 : scale.high + 1;
	return scale;
}

static void put_name(struct strbuf *out, const struct series *series)
{
	html_text(out, series->method[0] ? series->method : "no method");
	strbuf_printf(out, ", %s", scenario_names[series->scenario]);
}

static void put_functions(struct strbuf *out, const struct series *series)
{
	for (size_t i = 0; i < series->function_count; i++) {
		strbuf_puts(out, i ? " + " : "");
		html_text(out, series->functions[i]);
	}
}

static void draw_bins(struct strbuf *out, const struct scale *scale, const struct latency *latency,
		      double base)
{
	uint64_t counts[BINS], most = 1, below = 0;

	for (unsigned int i = 0; i < BINS; i++) {
		uint64_t to = latency_count_to(latency, bin_ns(scale, i + 1));

		counts[i] = to - below;
		below = to;
		if (counts[i] > most)
			most = counts[i];
	}
	for (unsigned int i = 0; i < BINS; i++) {
		double height = BAR_HEIGHT * (double)counts[i] / (double)most;

		if (!counts[i])
			continue;
		height = height < 2 ? 2 : height;
		strbuf_printf(out,
			      "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
			      "height=\"%.1f\"><title>%" PRIu64 " of %.3f to %.3f ms</title>"
			      "</rect>\n",
			      LEFT + PLOT * i / BINS, base - height, PLOT / BINS, height, counts[i],
			      (double)bin_ns(scale, i) / 1e6, (double)bin_ns(scale, i + 1) / 1e6);
	}
}

static void draw_mark(struct strbuf *out, const struct scale *scale, uint64_t ns, double base,
		      const char *word)
{
	strbuf_printf(out,
		      "<path class=\"median\" d=\"M%.1f %.1fv-%.1f\"><title>%s %.3f ms</title>"
		      "</path>\n",
		      x_of(scale, ns), base + 6, BAR_HEIGHT + 6, word, (double)ns / 1e6);
}

static void draw_series(struct strbuf *out, const struct scale *scale, const struct series *series,
			double y)
{
	const struct latency *latency = &series->latency;
	double base = y + BAR_HEIGHT + 8;

	strbuf_printf(out, "<text class=\"name\" x=\"2\" y=\"%.1f\">", y + 22);
	put_name(out, series);
	strbuf_printf(out, "</text>\n<text class=\"label\" x=\"2\" y=\"%.1f\">", y + 38);
	html_text(out, series->functions[0]);
	if (series->function_count > 1)
		strbuf_printf(out, " and %zu more", series->function_count - 1);
	strbuf_printf(out, ", %" PRIu64 " reset%s</text>\n", latency->count,
		      latency->count == 1 ? "" : "s");
	strbuf_printf(out, "<path class=\"axis\" d=\"M%.1f %.1fh%.1f\"/>\n", LEFT, base, PLOT);
	draw_bins(out, scale, latency, base);
	draw_mark(out, scale, latency_quantile_ns(latency, 500), base, "median");
	draw_mark(out, scale, latency_quantile_ns(latency, 990), base, "p99");
}

/* 1, 2 and 5 of each decade, or the decades alone where there are many. */
static void draw_axis(struct strbuf *out, const struct scale *scale, double bottom)
{
	static const unsigned int steps[] = {1, 2, 5};
	bool wide = scale->high - scale->low > 12;
	uint64_t decade_ns = 1;

	for (unsigned int decade = 0; decade < 19; decade++, decade_ns *= 10)
		for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
			uint64_t ns = steps[i] * decade_ns;
			double x = x_of(scale, ns);

			if (x < LEFT || x > LEFT + PLOT || (wide && i > 0))
				continue;
			strbuf_printf(out,
				      "<path class=\"grid\" d=\"M%.1f 0V%.1f\"/><text "
				      "class=\"label\" x=\"%.1f\" y=\"%.1f\" "
				      "text-anchor=\"middle\">%g</text>\n",
				      x, bottom + 4, x, bottom + 18, (double)ns / 1e6);
		}
	strbuf_printf(out,
		      "<text class=\"label\" x=\"2\" y=\"%.1f\">milliseconds, logarithmic"
		      "</text>\n",
		      bottom + 18);
}

static size_t count_measured(const struct totals *totals)
{
	size_t count = 0;

	for (size_t i = 0; i < totals->series_count; i++)
		count += totals->series[i].latency.count > 0;
	return count;
}

/* Series of one method stand together, those first met first. */
static void collect(const struct totals *totals, const struct series **list, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < totals->series_count && count < max; i++) {
		bool first = totals->series[i].latency.count > 0;

		for (size_t j = 0; j < i && first; j++)
			first = !totals->series[j].latency.count ||
				!streq(totals->series[j].method, totals->series[i].method);
		for (size_t j = i; first && j < totals->series_count && count < max; j++)
			if (totals->series[j].latency.count &&
			    streq(totals->series[j].method, totals->series[i].method))
				list[count++] = &totals->series[j];
	}
}

static void draw(struct strbuf *out, const struct html_run *view, const struct series **list,
		 size_t count)
{
	struct scale scale = scale_of(&view->result->totals);
	double bottom = (double)count * ROW_HEIGHT;

	strbuf_printf(out,
		      "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
		      "aria-label=\"Histograms of reset latency\">\n<svg class=\"latency\" "
		      "viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"%s-lt %s-ld\">\n"
		      "<title id=\"%s-lt\">Reset latency by method</title>\n"
		      "<desc id=\"%s-ld\">One histogram for each method, scenario and function. "
		      "The table below has the figures.</desc>\n",
		      WIDTH, bottom + AXIS_HEIGHT, view->place.id, view->place.id, view->place.id,
		      view->place.id);
	draw_axis(out, &scale, bottom);
	for (size_t i = 0; i < count; i++)
		draw_series(out, &scale, list[i], (double)i * ROW_HEIGHT);
	strbuf_puts(out, "</svg>\n</div>\n<figcaption>How long the resets took that returned "
			 "success. The dark lines are the median and p99.</figcaption>\n"
			 "</figure>\n");
}

static void put_figure(struct strbuf *out, uint64_t ns)
{
	strbuf_puts(out, "<td class=\"number\">");
	html_ms(out, ns);
	strbuf_puts(out, "</td>");
}

/* Only where the run repeats is there a beginning and an end. */
static void put_drift(struct strbuf *out, const struct series *series)
{
	_cleanup_strbuf_ struct strbuf latency = {0}, waits = {0};

	drift_text_latency(&latency, series);
	drift_text_waits(&waits, series);
	strbuf_puts(out, "<td>");
	html_text(out, latency.text ? latency.text : "");
	if (waits.length_bytes) {
		strbuf_puts(out, "; waits ");
		html_text(out, waits.text);
	}
	strbuf_puts(out, "</td>");
}

static void write_table(struct strbuf *out, const struct series **list, size_t count, bool repeated)
{
	html_table_begin(out, "scroll", "How long resets took");
	strbuf_puts(out, "<thead><tr><th scope=\"col\">Method, scenario</th>"
			 "<th scope=\"col\">Functions</th><th scope=\"col\">Resets</th>"
			 "<th scope=\"col\">Least</th><th scope=\"col\">Median</th>"
			 "<th scope=\"col\">p99</th><th scope=\"col\">Most</th>");
	strbuf_puts(out, repeated ? "<th scope=\"col\">Drift</th>" : "");
	strbuf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < count; i++) {
		const struct latency *latency = &list[i]->latency;

		strbuf_puts(out, "<tr><th scope=\"row\">");
		put_name(out, list[i]);
		strbuf_puts(out, "</th><td><code>");
		put_functions(out, list[i]);
		strbuf_printf(out, "</code></td><td class=\"number\">%" PRIu64 "</td>",
			      latency->count);
		put_figure(out, latency->min_ns);
		put_figure(out, latency_quantile_ns(latency, 500));
		put_figure(out, latency_quantile_ns(latency, 990));
		put_figure(out, latency->max_ns);
		if (repeated)
			put_drift(out, list[i]);
		strbuf_puts(out, "</tr>\n");
	}
	strbuf_puts(out, "</tbody>\n");
	html_table_end(out);
}

void html_latency(struct strbuf *out, const struct html_run *view)
{
	const struct series *list[LISTED_MAX];
	size_t measured = count_measured(&view->result->totals);
	size_t listed = measured < LISTED_MAX ? measured : LISTED_MAX;

	if (!measured)
		return;
	collect(&view->result->totals, list, listed);
	html_heading(out, &view->place, 0, "latency", "How long the resets took");
	draw(out, view, list, listed < DRAWN_MAX ? listed : DRAWN_MAX);
	write_table(out, list, listed, view->result->totals.rounds > 1);
	if (listed < measured)
		strbuf_printf(out, "<p>%zu more series are not listed.</p>\n", measured - listed);
}
