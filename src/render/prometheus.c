// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/prometheus.h"

#include <inttypes.h>

#include "render/points.h"
#include "render/prometheus_text.h"
#include "render/when.h"

#define PREFIX PROMETHEUS_PREFIX

/* Upper bounds of the histogram, powers of two in ns: 1 ms to 4.6 min, four times the one before.
 */
#define BOUND_BITS_FIRST 20
#define BOUND_BITS_LAST 38
#define BOUND_BITS_STEP 2

/* Scenario, function and method, which no two series have in common. */
static void add_series_labels(struct strbuf *out, const struct point *point)
{
	_cleanup_strbuf_ struct strbuf functions = {0};
	_cleanup_strbuf_ struct strbuf method = {0};

	point_functions(&functions, point);
	point_word(&method, point->series->method);
	if (functions.error || method.error)
		out->error = functions.error ? functions.error : method.error;
	prometheus_label(out, "", "scenario", scenario_names[point->series->scenario]);
	prometheus_label(out, ",", "function", functions.text ? functions.text : "");
	prometheus_label(out, ",", "method", method.text ? method.text : "");
}

static void add_infos(struct strbuf *out, const struct run_evidence *run,
		      const struct run_result *result)
{
	prometheus_metric(out, "build_info", "gauge",
			  "Version of the program that judged, and of the one that ran.");
	strbuf_puts(out, PREFIX "build_info{");
	prometheus_label(out, "", "version", PACKAGE_VERSION);
	prometheus_label(out, ",", "run_version", run->tool_version);
	prometheus_label(out, ",", "run_features", run->tool_features);
	strbuf_puts(out, "} 1\n");
	prometheus_metric(out, "kernel_info", "gauge",
			  "Kernel of the run, and what its structures say of the bug.");
	strbuf_puts(out, PREFIX "kernel_info{");
	prometheus_label(out, "", "release",
			 run->facts.release[0] ? run->facts.release : run->host.release);
	prometheus_label(out, ",", "static", static_verdict_name(result->static_verdict));
	strbuf_puts(out, "} 1\n");
}

static void add_run(struct strbuf *out, const struct run_evidence *run,
		    const struct run_result *result, int exit_status)
{
	enum conclusion conclusion = run_conclude(run, result, exit_status);

	prometheus_metric(out, "verdict", "gauge",
			  "The verdict of the last run is 1, the others 0.");
	for (size_t i = 0; i < RUN_VERDICT_COUNT; i++)
		strbuf_printf(out, PREFIX "verdict{verdict=\"%s\"} %d\n", run_verdict_names[i],
			      i == result->verdict);
	prometheus_metric(out, "passed", "gauge",
			  "Whether the last run was complete and fixed or not-affected.");
	strbuf_printf(out, PREFIX "passed %d\n", conclusion == CONCLUSION_PASS);
	prometheus_metric(
		out, "complete", "gauge",
		"Whether the last run came to its end without a signal, a kill or an error.");
	strbuf_printf(out, PREFIX "complete %d\n", !run->signal && !run->cut && exit_status != 2);
	prometheus_metric(out, "exit_status", "gauge", "Exit status of the program.");
	strbuf_printf(out, PREFIX "exit_status %d\n", exit_status);
	if (run_started_s(run)) {
		prometheus_metric(out, "last_run_timestamp_seconds", "gauge",
				  "When the last run began, in seconds since 1970.");
		strbuf_printf(out, PREFIX "last_run_timestamp_seconds %" PRId64 "\n",
			      run_started_s(run));
	}
	prometheus_metric(out, "rounds", "gauge", "Rounds of the plan that the last run began.");
	strbuf_printf(out, PREFIX "rounds %u\n", result->totals.rounds);
	prometheus_metric(out, "warnings", "gauge", "Warnings of the last run.");
	strbuf_printf(out, PREFIX "warnings %zu\n", run->warning_count);
}

static void add_steps(struct strbuf *out, const struct points *points)
{
	prometheus_metric(
		out, "steps", "gauge",
		"Steps of the last run by what they came to: fail wins, inconclusive and skip "
		"show nothing.");
	for (size_t i = 0; i < points->count; i++)
		for (size_t j = 0; j < STEP_VERDICT_COUNT; j++) {
			strbuf_puts(out, PREFIX "steps{");
			add_series_labels(out, &points->list[i]);
			strbuf_printf(out, ",verdict=\"%s\"} %" PRIu64 "\n", step_verdict_names[j],
				      points->list[i].series->counts[j]);
		}
}

static bool is_first_of_reason(const struct run_result *result, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (result->steps[i].reason == result->steps[index].reason)
			return false;
	return true;
}

/* Of each reason a step is kept however many there were. */
static void add_reasons(struct strbuf *out, const struct run_result *result)
{
	prometheus_metric(out, "reason", "gauge",
			  "1 for each finding or reason that decided a step of the last run.");
	for (size_t i = 0; i < result->step_count; i++)
		if (result->steps[i].reason && is_first_of_reason(result, i))
			strbuf_printf(out, PREFIX "reason{reason=\"%s\",class=\"%s\"} 1\n",
				      result->steps[i].reason->name,
				      slug_class_name(result->steps[i].reason->class));
}

static size_t count_refusals(const struct run_evidence *run, size_t index)
{
	size_t count = 0;

	for (size_t i = 0; i < run->refusal_count; i++) {
		bool same = streq(run->refusals[i].reason, run->refusals[index].reason);

		if (same && i < index)
			return 0;
		count += same;
	}
	return count;
}

static void add_refusals(struct strbuf *out, const struct run_evidence *run)
{
	prometheus_metric(out, "refused_functions", "gauge",
			  "Functions that the last run left alone, by reason.");
	for (size_t i = 0; i < run->refusal_count; i++) {
		size_t count = count_refusals(run, i);
		_cleanup_strbuf_ struct strbuf reason = {0};

		if (!count)
			continue;
		point_word(&reason, run->refusals[i].reason);
		strbuf_puts(out, PREFIX "refused_functions{");
		prometheus_label(out, "", "reason", reason.text ? reason.text : "");
		strbuf_printf(out, "} %zu\n", count);
	}
}

static void add_bucket(struct strbuf *out, const struct point *point, const char *bound,
		       uint64_t count)
{
	strbuf_puts(out, PREFIX "reset_duration_seconds_bucket{");
	add_series_labels(out, point);
	strbuf_printf(out, ",le=\"%s\"} %" PRIu64 "\n", bound, count);
}

static void add_latency(struct strbuf *out, const struct point *point)
{
	const struct latency *latency = &point->series->latency;
	char bound[32];

	for (unsigned int bits = BOUND_BITS_FIRST; bits <= BOUND_BITS_LAST;
	     bits += BOUND_BITS_STEP) {
		snprintf(bound, sizeof(bound), "%.9f", (double)(1ULL << bits) / 1e9);
		add_bucket(out, point, bound, latency_count_to(latency, 1ULL << bits));
	}
	add_bucket(out, point, "+Inf", latency->count);
	strbuf_puts(out, PREFIX "reset_duration_seconds_sum{");
	add_series_labels(out, point);
	strbuf_printf(out, "} %.9f\n" PREFIX "reset_duration_seconds_count{",
		      (double)latency->sum_ns / 1e9);
	add_series_labels(out, point);
	strbuf_printf(out, "} %" PRIu64 "\n", latency->count);
}

static void add_latencies(struct strbuf *out, const struct points *points)
{
	prometheus_metric(out, "reset_duration_seconds", "histogram",
			  "How long the resets of the last run took that returned success.");
	for (size_t i = 0; i < points->count; i++)
		if (points->list[i].series->latency.count)
			add_latency(out, &points->list[i]);
}

static void add_trend(struct strbuf *out, const struct point *point, const char *of,
		      enum trend trend)
{
	if (trend == TREND_UNKNOWN)
		return;
	strbuf_puts(out, PREFIX "drift{");
	add_series_labels(out, point);
	strbuf_printf(out, ",of=\"%s\"} %d\n", of, trend == TREND_WORSE);
}

static void add_drifts(struct strbuf *out, const struct points *points)
{
	prometheus_metric(
		out, "drift", "gauge",
		"1 where the last resets of the last run took longer than the first, or were "
		"waited for in more steps.");
	for (size_t i = 0; i < points->count; i++) {
		size_t index;
		const struct drift_result drift = series_drift(points->list[i].series, &index);

		add_trend(out, &points->list[i], "latency", drift.latency);
		add_trend(out, &points->list[i], "waits", drift.waits);
	}
}

/* What is not known is left out, never 0. */
static void add_counters(struct strbuf *out, const struct totals *totals)
{
	prometheus_metric(
		out, "kernel_increase", "gauge",
		"What the kernel's counters rose by in the steps of the last run in which "
		"they could be read.");
	for (size_t i = 0; i < totals->counter_count; i++) {
		_cleanup_strbuf_ struct strbuf name = {0};

		if (!totals->counters[i].known)
			continue;
		point_word(&name, totals->counters[i].name);
		strbuf_puts(out, PREFIX "kernel_increase{");
		prometheus_label(out, "", "counter", name.text ? name.text : "");
		strbuf_printf(out, "} %" PRIu64 "\n", totals->counters[i].delta);
	}
}

int prometheus_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		     int exit_status)
{
	_cleanup_points_ struct points points = {0};
	_cleanup_strbuf_ struct strbuf text = {0};
	int r = points_make(run, result, &points);

	if (r < 0)
		return r;
	add_infos(&text, run, result);
	add_run(&text, run, result, exit_status);
	add_steps(&text, &points);
	add_reasons(&text, result);
	add_refusals(&text, run);
	add_latencies(&text, &points);
	add_drifts(&text, &points);
	add_counters(&text, &result->totals);
	return strbuf_write(&text, out);
}
