// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_result.h"

#include <errno.h>
#include <json-c/json.h>

#include "render/json_get.h"
#include "render/json_result_parts.h"

static int take_run(struct json_object *doc, struct json_object *steps, struct host_result *host)
{
	struct json_object *latency = json_get_array(doc, "latency");
	const char *started =
		json_get_text(json_get_object(doc, "run"), "started", sizeof(host->started));
	struct json_result_tally tally = {0};
	size_t count = json_object_array_length(steps);
	int r = 0;

	snprintf(host->started, sizeof(host->started), "%s", started ? started : "");
	for (size_t i = 0; i < count && r == 0; i++)
		r = json_result_take_step(&tally, host, json_object_array_get_idx(steps, i),
					  !latency);
	if (r == -EPROTO)
		return json_result_unknown(host, "a step without a verdict");
	if (r == 0)
		r = json_result_take_latency(host, latency);
	return r == 0 ? json_result_conclude(doc, &tally, host) : r;
}

/*
 * Only a kernel that was running says something of the host. Returns the badness of what it says:
 * 1 good, 2 unknown, 3 vulnerable; 0 for another kernel.
 */
static int badness_of(struct json_object *kernel, enum run_verdict *verdict)
{
	const char *word = json_get_text(kernel, "static", 32);

	if (!json_get_true(kernel, "is_running"))
		return 0;
	if (word && streq(word, "vulnerable")) {
		*verdict = RUN_VULNERABLE;
		return 3;
	}
	*verdict = word && streq(word, "fixed") ? RUN_FIXED : RUN_NOT_AFFECTED;
	return word && (streq(word, "fixed") || streq(word, "not-affected")) ? 1 : 2;
}

static int take_check(struct json_object *kernels, struct host_result *host)
{
	const char *release, *reason;
	struct json_object *worst = NULL;
	size_t count = json_object_array_length(kernels);
	int badness = 0;

	for (size_t i = 0; i < count; i++) {
		struct json_object *kernel = json_object_array_get_idx(kernels, i);
		enum run_verdict verdict = RUN_SKIPPED;
		int this = badness_of(kernel, &verdict);

		if (this <= badness)
			continue;
		badness = this;
		worst = kernel;
		host->verdict = verdict;
	}
	host->checked = true;
	reason = json_get_text(worst, "static_reason", 512);
	if (badness == 0)
		return json_result_unknown(host, "no kernel was checked that was running there");
	if (badness == 2)
		return json_result_unknown(host, "check cannot tell: %s", reason ? reason : "?");
	release = json_get_text(worst, "release", sizeof(host->release));
	if (release && *release)
		snprintf(host->release, sizeof(host->release), "%s", release);
	host->known = true;
	return json_result_says(host, "", reason ? reason : "");
}

int json_result_of_document(struct json_object *doc, struct host_result *host)
{
	struct json_object *kernels = json_get_array(doc, "kernels");
	struct json_object *steps = json_get_array(doc, "steps");
	char why[128];
	int r;

	if (!json_result_is_ours(doc, true, why, sizeof(why)))
		return json_result_unknown(host, "%s", why);
	r = json_result_head(doc, host);
	if (r < 0)
		return r;
	if (steps && json_get_object(doc, "run"))
		return take_run(doc, steps, host);
	if (kernels)
		return take_check(kernels, host);
	if (json_get_array(doc, "hosts"))
		return json_result_unknown(host, "an answer of merge: give it the files that this "
						 "was made of");
	return json_result_unknown(host, "no answer of run, judge or check");
}
