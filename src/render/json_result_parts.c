// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_result_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <stdarg.h>

#include "base/strbuf.h"
#include "render/json_get.h"
#include "render/json_head.h"

/* As long as a name in the DNS. */
#define NAME_BYTES_MAX 256
#define TEXT_BYTES_MAX 4096
#define SLUG_BYTES_MAX sizeof(((struct host_result *)0)->slug)

int json_result_unknown(struct host_result *host, const char *format, ...)
{
	va_list args;
	char *why = NULL;
	int length;

	va_start(args, format);
	length = vasprintf(&why, format, args);
	va_end(args);
	if (length < 0)
		return -ENOMEM;
	free(host->why);
	host->why = why;
	host->known = false;
	return 0;
}

int json_result_says(struct host_result *host, const char *slug, const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	snprintf(host->slug, sizeof(host->slug), "%s", slug);
	if (!text)
		return 0;
	free(host->text);
	host->text = copy;
	return copy ? 0 : -ENOMEM;
}

int json_result_head(struct json_object *doc, struct host_result *host)
{
	struct json_object *about = json_get_object(doc, "host");
	const char *name = json_get_text(about, "nodename", NAME_BYTES_MAX);
	const char *release =
		json_get_text(json_get_object(doc, "kernel"), "release", sizeof(host->release));

	if (!release || !*release)
		release = json_get_text(about, "release", sizeof(host->release));
	snprintf(host->release, sizeof(host->release), "%s", release ? release : "");
	if (!name || !*name)
		return 0;
	host->name = strdup(name);
	return host->name ? 0 : -ENOMEM;
}

bool json_result_is_ours(struct json_object *doc, bool has_tool, char *why, size_t size_bytes)
{
	const char *name = json_get_text(json_get_object(doc, "tool"), "name", 64);
	uint64_t version = 0;

	if (has_tool && (!name || !streq(name, PACKAGE_NAME)))
		snprintf(why, size_bytes, "JSON, but none of " PACKAGE_NAME);
	else if (!json_get_number(doc, "schema_version", &version))
		snprintf(why, size_bytes, "JSON without a schema_version");
	else if (version != JSON_SCHEMA_VERSION)
		snprintf(why, size_bytes,
			 "schema_version %" PRIu64 ", of which this program knows nothing: it "
			 "reads %d",
			 version, JSON_SCHEMA_VERSION);
	else
		return true;
	return false;
}

/* Returns an index of step_verdict_names or run_verdict_names, or -1. */
static int find_word(const char *word, const char *const *names, int count)
{
	for (int i = 0; word && i < count; i++)
		if (streq(word, names[i]))
			return i;
	return -1;
}

static int name_functions(struct host_row *row, struct json_object *functions)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	size_t count = functions ? json_object_array_length(functions) : 0;

	for (size_t i = 0; i < count && i < SUBJECTS_MAX; i++) {
		const char *function = json_text_at(functions, i, BDF_MAX);

		strbuf_printf(&text, "%s%s", i ? " + " : "", function ? function : "?");
	}
	return strbuf_take(&text, &row->functions);
}

/* What it is a row of: a step or an element of `latency`. */
static struct host_row *add_row(struct host_result *host, struct json_object *about, int *error)
{
	const char *scenario = json_get_text(about, "scenario", sizeof(host->rows->scenario));
	const char *method = json_get_text(about, "method", sizeof(host->rows->method));
	struct host_row *row = host_result_add_row(host);

	*error = -ENOMEM;
	if (!row)
		return NULL;
	snprintf(row->scenario, sizeof(row->scenario), "%s", scenario ? scenario : "?");
	snprintf(row->method, sizeof(row->method), "%s", method ? method : "");
	*error = name_functions(row, json_get_array(about, "functions"));
	return *error == 0 ? row : NULL;
}

/* Of a failed step, its first finding; of others what they say of themselves. */
static const char *slug_of(struct json_object *step, struct json_object *finding)
{
	const char *slug = json_get_text(finding, "slug", SLUG_BYTES_MAX);

	return slug ? slug : json_get_text(step, "reason", SLUG_BYTES_MAX);
}

static int take_finding(struct json_result_tally *tally, struct host_result *host,
			struct json_object *step, enum step_verdict verdict)
{
	static const int badness[STEP_VERDICT_COUNT] = {
		[STEP_SKIP] = 1, [STEP_INCONCLUSIVE] = 2, [STEP_FAIL] = 3};
	struct json_object *findings =
		verdict == STEP_FAIL ? json_get_array(step, "findings") : NULL;
	struct json_object *finding = findings ? json_object_array_get_idx(findings, 0) : NULL;
	const char *slug = slug_of(step, finding);
	const struct slug *known = slug ? slug_find(slug) : NULL;
	bool bug = verdict == STEP_FAIL && known && known->class == SLUG_BUG;

	tally->bug |= bug;
	if (badness[verdict] + bug <= tally->told)
		return 0;
	tally->told = badness[verdict] + bug;
	return json_result_says(host, slug ? slug : "",
				json_get_text(finding, "text", TEXT_BYTES_MAX));
}

int json_result_take_step(struct json_result_tally *tally, struct host_result *host,
			  struct json_object *step, bool with_row)
{
	int verdict = find_word(json_get_text(step, "verdict", 16), step_verdict_names,
				STEP_VERDICT_COUNT);
	struct host_row *row;
	uint64_t number = 0;
	int r;

	if (verdict < 0)
		return -EPROTO;
	tally->counts[verdict]++;
	r = take_finding(tally, host, step, (enum step_verdict)verdict);
	if (r < 0 || !with_row || verdict == STEP_SKIP)
		return r;
	row = add_row(host, step, &r);
	if (!row)
		return r;
	row->counts[verdict] = 1;
	if (json_get_number(step, "number", &number) && number <= UINT32_MAX)
		row->step = (unsigned int)number;
	return 0;
}

static void take_counts(struct json_object *object, uint64_t counts[STEP_VERDICT_COUNT])
{
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		if (!json_get_number(object, step_verdict_names[i], &counts[i]))
			counts[i] = 0;
}

int json_result_take_latency(struct host_result *host, struct json_object *list)
{
	size_t count = list ? json_object_array_length(list) : 0;

	for (size_t i = 0; i < count; i++) {
		struct json_object *series = json_object_array_get_idx(list, i);
		int error;
		struct host_row *row = add_row(host, series, &error);
		struct latency_figures *figures = row ? &row->latency : NULL;

		if (!row)
			return error;
		take_counts(series, row->counts);
		if (!json_get_number(series, "resets", &figures->count) ||
		    !json_get_number(series, "min_ns", &figures->min_ns) ||
		    !json_get_number(series, "median_ns", &figures->median_ns) ||
		    !json_get_number(series, "p99_ns", &figures->p99_ns) ||
		    !json_get_number(series, "max_ns", &figures->max_ns))
			*figures = (struct latency_figures){0};
	}
	return 0;
}

/* What of the document cannot be true together; NULL: nothing. */
static const char *find_contradiction(enum run_verdict verdict,
				      const struct json_result_tally *tally,
				      const uint64_t counts[STEP_VERDICT_COUNT])
{
	bool bad = run_verdict_exit_status(verdict) == 1;

	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		if (tally->counts[i] > counts[i])
			return "there are more steps than were counted";
	if (counts[STEP_FAIL] && !bad)
		return "a step failed";
	if (run_verdict_exit_status(verdict) == 0 && !counts[STEP_PASS])
		return "no step passed";
	return NULL;
}

static int end_early(struct json_object *doc, struct host_result *host)
{
	uint64_t signal = 0, status = 0;
	char text[96];

	if (json_get_number(json_get_object(doc, "run"), "signal", &signal))
		snprintf(text, sizeof(text), "ended early by signal %" PRIu64, signal);
	else if (json_get_true(json_get_object(doc, "run"), "cut"))
		snprintf(text, sizeof(text), "killed before its end");
	else if (!json_get_number(doc, "exit_status", &status))
		snprintf(text, sizeof(text), "its exit status is not told");
	else if (status != 0)
		snprintf(text, sizeof(text), "an error: its exit status was %" PRIu64, status);
	else
		return 0;
	return host_result_end_early(host, text);
}

/* What no step says: the finding of the run as a whole, and its summary. */
static int take_summary(struct json_object *doc, struct host_result *host)
{
	struct json_object *findings = json_get_array(doc, "findings");
	struct json_object *finding = findings ? json_object_array_get_idx(findings, 0) : NULL;
	const char *slug = json_get_text(finding, "slug", SLUG_BYTES_MAX);
	const char *text = json_get_text(doc, "summary", TEXT_BYTES_MAX);

	if (host->text)
		return 0;
	if (run_verdict_exit_status(host->verdict) == 0)
		slug = "";
	if (slug)
		snprintf(host->slug, sizeof(host->slug), "%s", slug);
	host->text = strdup(text ? text : "");
	return host->text ? 0 : -ENOMEM;
}

int json_result_conclude(struct json_object *doc, const struct json_result_tally *tally,
			 struct host_result *host)
{
	const char *word = json_get_text(doc, "verdict", 32), *contradiction;
	int verdict = find_word(word, run_verdict_names, RUN_VERDICT_COUNT);
	struct json_object *loops = json_get_object(doc, "loops");
	int r;

	if (verdict < 0)
		return json_result_unknown(host, "a verdict that this program does not know");
	memcpy(host->counts, tally->counts, sizeof(host->counts));
	if (loops)
		take_counts(loops, host->counts);
	host->known = true;
	host->verdict = (enum run_verdict)verdict;
	if (tally->bug)
		host->verdict = RUN_VULNERABLE;
	contradiction = find_contradiction((enum run_verdict)verdict, tally, host->counts);
	if (contradiction && run_verdict_exit_status(host->verdict) != 1)
		return json_result_unknown(host, "it contradicts itself: the verdict is %s, but %s",
					   word, contradiction);
	r = take_summary(doc, host);
	return r == 0 ? end_early(doc, host) : r;
}
