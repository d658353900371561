// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/totals.h"

#include <errno.h>

#include "base/array.h"
#include "model/counter.h"

const char *const step_verdict_names[STEP_VERDICT_COUNT] = {
	[STEP_PASS] = "pass",
	[STEP_FAIL] = "fail",
	[STEP_SKIP] = "skip",
	[STEP_INCONCLUSIVE] = "inconclusive",
};

bool series_has(const struct series *series, const struct step_evidence *step)
{
	if (series->scenario != step->scenario || series->function_count != step->subject_count ||
	    !streq(series->method, step->method))
		return false;
	for (size_t i = 0; i < step->subject_count; i++)
		if (!streq(series->functions[i], step->subjects[i].function))
			return false;
	return true;
}

static struct series *add_series(struct totals *totals, const struct step_evidence *step)
{
	struct series *series = ARRAY_APPEND(totals->series, totals->series_count);

	if (!series)
		return NULL;
	series->scenario = step->scenario;
	snprintf(series->method, sizeof(series->method), "%s", step->method);
	series->function_count = step->subject_count;
	for (size_t i = 0; i < step->subject_count; i++)
		snprintf(series->functions[i], sizeof(series->functions[i]), "%s",
			 step->subjects[i].function);
	return series;
}

struct sought {
	const struct totals *totals;
	const struct step_evidence *step;
	const char *counter;
};

static bool is_series(const void *context, size_t place)
{
	const struct sought *sought = context;

	return series_has(&sought->totals->series[place], sought->step);
}

static uint64_t hash_of(const struct step_evidence *step)
{
	uint64_t hash =
		hash_text(hash_text(HASH_SEED, scenario_names[step->scenario]), step->method);

	for (size_t i = 0; i < step->subject_count; i++)
		hash = hash_text(hash, step->subjects[i].function);
	return hash;
}

static struct series *find_series(struct totals *totals, const struct step_evidence *step)
{
	const struct sought sought = {.totals = totals, .step = step};
	const uint64_t hash = hash_of(step);
	size_t place = hash_index_find(&totals->series_index, hash, is_series, &sought);
	struct series *series;

	if (place != HASH_NONE)
		return &totals->series[place];
	series = add_series(totals, step);
	if (!series || hash_index_add(&totals->series_index, hash, totals->series_count - 1) < 0)
		return NULL;
	return series;
}

/* Their times count, not those of all that the subject got. */
static bool is_reset(const struct step_write *write)
{
	return write->kind == WRITTEN_RESET || write->kind == WRITTEN_VFIO_RESET;
}

static bool has_resets(const struct step_evidence *step, const struct subject *subject)
{
	for (size_t i = 0; i < step->write_count; i++)
		if (is_reset(&step->writes[i]) &&
		    streq(step->writes[i].function, subject->function))
			return true;
	return false;
}

static int add_reset(struct series *series, const char *function, uint64_t duration_ns)
{
	int r = latency_add(&series->latency, duration_ns);

	for (size_t i = 0; i < series->function_count && r == 0; i++)
		if (streq(series->functions[i], function))
			return drift_add_reset(&series->drifts[i], duration_ns);
	return r;
}

static int add_latencies(struct series *series, const struct step_evidence *step)
{
	int r = 0;

	for (size_t i = 0; i < step->write_count && r == 0; i++) {
		const struct step_write *write = &step->writes[i];

		if (is_reset(write) && write->started && !write->hung && write->error == 0 &&
		    write->end_ns >= write->begin_ns)
			r = add_reset(series, write->function, write->end_ns - write->begin_ns);
	}
	for (size_t i = 0; i < step->subject_count && r == 0; i++) {
		const struct subject *subject = &step->subjects[i];

		if (subject->role == SUBJECT_RESET && !has_resets(step, subject) &&
		    subject->started && !subject->hung && subject->write_errno == 0 &&
		    subject->end_ns >= subject->begin_ns)
			r = add_reset(series, subject->function,
				      subject->end_ns - subject->begin_ns);
	}
	return r;
}

static bool is_counter(const void *context, size_t place)
{
	const struct sought *sought = context;

	return streq(sought->totals->counters[place].name, sought->counter);
}

static struct counter_sum *find_counter(struct totals *totals, const char *name)
{
	const struct sought sought = {.totals = totals, .counter = name};
	const uint64_t hash = hash_text(HASH_SEED, name);
	size_t place = hash_index_find(&totals->counter_index, hash, is_counter, &sought);
	struct counter_sum *sum;

	if (place != HASH_NONE)
		return &totals->counters[place];
	sum = ARRAY_APPEND(totals->counters, totals->counter_count);
	if (!sum)
		return NULL;
	snprintf(sum->name, sizeof(sum->name), "%s", name);
	return hash_index_add(&totals->counter_index, hash, totals->counter_count - 1) < 0 ? NULL
											   : sum;
}

/* Where lines are missing, none that tells of waiting shows nothing. */
static void add_wait(struct series *series, const struct step_evidence *step, bool waited)
{
	const struct log_state *log = &step->log_state;

	for (size_t i = 0; i < series->function_count; i++)
		if (waited || (log->readable && log->lost == 0 && log->over_limit == 0))
			drift_add_step(&series->drifts[i], waited);
}

static int add_run(struct series *series, const struct step_evidence *step, bool waited)
{
	if (!series->drifts)
		series->drifts = calloc(series->function_count + 1, sizeof(*series->drifts));
	if (!series->drifts)
		return -ENOMEM;
	add_wait(series, step, waited);
	return add_latencies(series, step);
}

int totals_add(struct totals *totals, const struct step_evidence *step, enum step_verdict verdict,
	       bool waited)
{
	struct series *series = find_series(totals, step);
	unsigned int round = step->round ? step->round : 1;

	if (!series)
		return -ENOMEM;
	if (round > totals->rounds)
		totals->rounds = round;
	totals->counts[verdict]++;
	series->counts[verdict]++;
	for (size_t i = 0; i < step->counter_count; i++) {
		const struct counter *counter = &step->counters[i];
		const char *why = counter_unknown(counter);
		struct counter_sum *sum = find_counter(totals, counter->name);

		if (!sum)
			return -ENOMEM;
		if (why)
			snprintf(sum->why, sizeof(sum->why), "%s", why);
		sum->known |= !why;
		sum->delta += counter_delta(counter);
	}
	return verdict == STEP_SKIP ? 0 : add_run(series, step, waited);
}

/* Whether @a became slower than @b did. */
static bool is_worse(const struct drift_result *a, const struct drift_result *b)
{
	if (a->latency != b->latency)
		return a->latency > b->latency;
	return (double)a->last_median_ns * (double)b->first_median_ns >
	       (double)b->last_median_ns * (double)a->first_median_ns;
}

struct drift_result series_drift(const struct series *series, size_t *index)
{
	struct drift_result worst = {0};

	*index = 0;
	for (size_t i = 0; series->drifts && i < series->function_count; i++) {
		const struct drift_result drift = drift_judge(&series->drifts[i]);

		if (i > 0 && !is_worse(&drift, &worst))
			continue;
		worst = drift;
		*index = i;
	}
	return worst;
}

uint64_t totals_steps(const struct totals *totals)
{
	uint64_t steps = 0;

	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		steps += totals->counts[i];
	return steps;
}

void totals_clear(struct totals *totals)
{
	for (size_t i = 0; i < totals->series_count; i++) {
		latency_clear(&totals->series[i].latency);
		for (size_t j = 0; totals->series[i].drifts && j < totals->series[i].function_count;
		     j++)
			drift_clear(&totals->series[i].drifts[j]);
		free(totals->series[i].drifts);
	}
	free(totals->series);
	free(totals->counters);
	hash_index_clear(&totals->series_index);
	hash_index_clear(&totals->counter_index);
	*totals = (struct totals){0};
}
