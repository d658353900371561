// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/host_result.h"

#include <errno.h>

#include "base/array.h"
#include "base/strbuf.h"

struct host_row *host_result_add_row(struct host_result *host)
{
	return ARRAY_APPEND(host->rows, host->row_count);
}

static int name_functions(struct host_row *row, const struct series *series)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	for (size_t i = 0; i < series->function_count; i++)
		strbuf_printf(&text, "%s%s", i ? " + " : "", series->functions[i]);
	return strbuf_take(&text, &row->functions);
}

static struct latency_figures figures_of(const struct latency *latency)
{
	return (struct latency_figures){
		.count = latency->count,
		.min_ns = latency->min_ns,
		.median_ns = latency_quantile_ns(latency, 500),
		.p99_ns = latency_quantile_ns(latency, 990),
		.max_ns = latency->max_ns,
	};
}

/* The first step of the series that came to its verdict. */
static unsigned int find_step(const struct run_evidence *run, const struct run_result *result,
			      const struct series *series, enum step_verdict verdict)
{
	for (size_t i = 0; i < run->step_count && i < result->step_count; i++)
		if (result->steps[i].verdict == verdict && series_has(series, &run->steps[i]))
			return run->steps[i].number;
	return 0;
}

static int add_series(struct host_result *host, const struct run_evidence *run,
		      const struct run_result *result, const struct series *series)
{
	struct host_row *row = host_result_add_row(host);

	if (!row)
		return -ENOMEM;
	snprintf(row->scenario, sizeof(row->scenario), "%s", scenario_names[series->scenario]);
	snprintf(row->method, sizeof(row->method), "%s", series->method);
	memcpy(row->counts, series->counts, sizeof(row->counts));
	row->latency = figures_of(&series->latency);
	row->step = find_step(run, result, series, host_row_verdict(row));
	return name_functions(row, series);
}

const char *host_result_name(const struct run_evidence *run, const char *source)
{
	const char *slash = source ? strrchr(source, '/') : NULL;

	/* The kernel's word for a name that nobody has set. */
	if (run->host.nodename[0] && !streq(run->host.nodename, "(none)"))
		return run->host.nodename;
	if (!source)
		return run->host.release;
	return slash && slash[1] ? slash + 1 : source;
}

/* Why steps are what they are: the worst first. */
static bool is_told_by(const struct step_result *step, unsigned int badness)
{
	static const enum step_verdict verdicts[] = {STEP_SKIP, STEP_INCONCLUSIVE, STEP_FAIL,
						     STEP_FAIL};

	return step->verdict == verdicts[badness] && step->reason &&
	       (badness < 3 || step->reason->class == SLUG_BUG);
}

/* The first step of the worst kind: it names the bug, failed, is inconclusive, was skipped. */
static const struct step_result *find_telling(const struct run_result *result)
{
	if (run_verdict_exit_status(result->verdict) == 0)
		return NULL;
	for (unsigned int badness = 4; badness-- > 0;)
		for (size_t i = 0; i < result->step_count; i++)
			if (is_told_by(&result->steps[i], badness))
				return &result->steps[i];
	return NULL;
}

static int take_reason(struct host_result *host, const struct run_result *result)
{
	const struct step_result *step = find_telling(result);

	if (step)
		snprintf(host->slug, sizeof(host->slug), "%s", step->reason->name);
	host->text = strdup(step && step->finding_count ? step->findings[0].text : result->summary);
	return host->text ? 0 : -ENOMEM;
}

int host_result_take(struct host_result *host, const char *source, const struct run_evidence *run,
		     const struct run_result *result)
{
	int r = 0;

	host->known = true;
	host->verdict = result->verdict;
	host->name = strdup(host_result_name(run, source));
	host->source = strdup(source);
	snprintf(host->release, sizeof(host->release), "%s",
		 run->facts.release[0] ? run->facts.release : run->host.release);
	snprintf(host->started, sizeof(host->started), "%s", run->started);
	memcpy(host->counts, result->totals.counts, sizeof(host->counts));
	if (!host->name || !host->source)
		return -ENOMEM;
	r = take_reason(host, result);
	for (size_t i = 0; i < result->totals.series_count && r == 0; i++)
		r = add_series(host, run, result, &result->totals.series[i]);
	return r;
}

enum step_verdict host_row_verdict(const struct host_row *row)
{
	static const enum step_verdict worst_first[] = {STEP_FAIL, STEP_INCONCLUSIVE, STEP_PASS};

	for (size_t i = 0; i < ARRAY_SIZE(worst_first); i++)
		if (row->counts[worst_first[i]])
			return worst_first[i];
	return STEP_SKIP;
}

unsigned int host_result_rank(const struct host_result *host)
{
	static const unsigned int ranks[RUN_VERDICT_COUNT] = {
		[RUN_VULNERABLE] = 0, [RUN_BROKEN] = 1, [RUN_INCONCLUSIVE] = 3,
		[RUN_SKIPPED] = 4,    [RUN_FIXED] = 5,	[RUN_NOT_AFFECTED] = 6,
	};

	return host->known ? ranks[host->verdict] : 2;
}

const char *const host_rank_names[HOST_RANK_COUNT] = {
	"vulnerable", "broken", "unknown", "inconclusive", "skipped", "fixed", "not-affected",
};

int host_result_compare(const struct host_result *one, const struct host_result *other)
{
	unsigned int rank = host_result_rank(one), other_rank = host_result_rank(other);
	int r = (rank > other_rank) - (rank < other_rank);

	if (r == 0)
		r = strcmp(one->name ? one->name : "", other->name ? other->name : "");
	return r ? r : strcmp(one->started, other->started);
}

const char *host_result_word(const struct host_result *host)
{
	return host_rank_names[host_result_rank(host)];
}

int host_result_end_early(struct host_result *host, const char *text)
{
	char *copy;

	if (!host->known || run_verdict_exit_status(host->verdict) != 0)
		return 0;
	copy = strdup(text);
	if (!copy)
		return -ENOMEM;
	free(host->text);
	host->text = copy;
	host->slug[0] = '\0';
	host->verdict = RUN_INCONCLUSIVE;
	return 0;
}

void host_result_clear(struct host_result *host)
{
	for (size_t i = 0; i < host->row_count; i++)
		free(host->rows[i].functions);
	free(host->rows);
	free(host->name);
	free(host->source);
	free(host->why);
	free(host->text);
	*host = (struct host_result){0};
}
