// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_rounds.h"

#include <json-c/json.h>

#include "render/json_head.h"

static void add_number(struct json_object *object, const char *key, uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

void json_add_counts(struct json_object *object, const uint64_t counts[STEP_VERDICT_COUNT])
{
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		add_number(object, step_verdict_names[i], counts[i]);
}

static void add_quantile(struct json_object *object, const char *key, const struct latency *latency,
			 unsigned int permille)
{
	json_object_object_add(
		object, key,
		latency->count ? json_object_new_uint64(latency_quantile_ns(latency, permille))
			       : NULL);
}

static struct json_object *known_number(enum trend trend, uint64_t number)
{
	return trend == TREND_UNKNOWN ? NULL : json_object_new_uint64(number);
}

/* A trend that is not known is null. */
static struct json_object *is_worse(enum trend trend)
{
	return trend == TREND_UNKNOWN ? NULL : json_object_new_boolean(trend == TREND_WORSE);
}

static struct json_object *drift_object(const struct series *series)
{
	struct json_object *object = json_object_new_object();
	size_t index;
	const struct drift_result result = series_drift(series, &index);

	add_number(object, "window", DRIFT_WINDOW);
	json_object_object_add(
		object, "function",
		result.latency == TREND_UNKNOWN ? NULL : json_text(series->functions[index]));
	json_object_object_add(object, "slower", is_worse(result.latency));
	json_object_object_add(object, "first_median_ns",
			       known_number(result.latency, result.first_median_ns));
	json_object_object_add(object, "last_median_ns",
			       known_number(result.latency, result.last_median_ns));
	json_object_object_add(object, "more_waits", is_worse(result.waits));
	json_object_object_add(object, "first_waits",
			       known_number(result.waits, result.first_waits));
	json_object_object_add(object, "last_waits", known_number(result.waits, result.last_waits));
	return object;
}

static struct json_object *series_object(const struct series *series)
{
	struct json_object *object = json_object_new_object();
	struct json_object *functions = json_object_new_array();

	for (size_t i = 0; i < series->function_count; i++)
		json_object_array_add(functions, json_text(series->functions[i]));
	json_object_object_add(object, "scenario", json_text(scenario_names[series->scenario]));
	json_object_object_add(object, "functions", functions);
	json_object_object_add(object, "method",
			       series->method[0] ? json_text(series->method) : NULL);
	json_add_counts(object, series->counts);
	add_number(object, "resets", series->latency.count);
	add_quantile(object, "min_ns", &series->latency, 0);
	add_quantile(object, "median_ns", &series->latency, 500);
	add_quantile(object, "p99_ns", &series->latency, 990);
	add_quantile(object, "max_ns", &series->latency, 1000);
	json_object_object_add(object, "drift", drift_object(series));
	return object;
}

void json_add_loops(struct json_object *doc, const struct totals *totals)
{
	struct json_object *loops = json_object_new_object();

	add_number(loops, "rounds", totals->rounds);
	add_number(loops, "steps", totals_steps(totals));
	json_add_counts(loops, totals->counts);
	json_object_object_add(doc, "loops", loops);
}

void json_add_latency(struct json_object *doc, const struct totals *totals)
{
	struct json_object *latency = json_object_new_array();

	for (size_t i = 0; i < totals->series_count; i++)
		json_object_array_add(latency, series_object(&totals->series[i]));
	json_object_object_add(doc, "latency", latency);
}
