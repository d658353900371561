// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <json-c/json.h>

#include "render/json_get.h"
#include "render/json_result.h"
#include "render/json_result_parts.h"

static const char *name_of(struct json_object *event)
{
	return json_get_text(event, "event", 32);
}

bool json_result_is_event(struct json_object *object)
{
	return name_of(object) != NULL;
}

bool json_result_begins(struct json_object *event)
{
	const char *name = name_of(event);

	return name && streq(name, "run-begin");
}

static void damage(struct json_result_run *run, const char *text)
{
	if (!run->damage[0])
		snprintf(run->damage, sizeof(run->damage), "%s", text);
}

static int take_begin(struct json_result_run *run, struct json_object *event)
{
	const char *started =
		json_get_text(json_get_object(event, "run"), "started", sizeof(run->host.started));
	char why[128];

	run->begun = true;
	snprintf(run->host.started, sizeof(run->host.started), "%s", started ? started : "");
	if (!json_result_is_ours(event, true, why, sizeof(why)))
		damage(run, why);
	return json_result_head(event, &run->host);
}

static int take_end(struct json_result_run *run, struct json_object *event)
{
	int r = json_result_take_latency(&run->host, json_get_array(event, "latency"));

	run->ended = true;
	if (!json_get_object(event, "loops"))
		damage(run, "run-end without its counts");
	return r == 0 ? json_result_conclude(event, &run->tally, &run->host) : r;
}

static void check_order(struct json_result_run *run, struct json_object *event)
{
	const char *run_id = json_get_text(event, "run_id", sizeof(run->run_id));
	uint64_t sequence = 0, version = 0;

	if (!json_get_number(event, "schema_version", &version) || version != 1)
		damage(run, "an event of a schema_version that this program does not read");
	if (!json_get_number(event, "seq", &sequence) || sequence != run->sequence + 1)
		damage(run, "events are missing");
	run->sequence = sequence;
	if (!run->begun)
		snprintf(run->run_id, sizeof(run->run_id), "%s", run_id ? run_id : "");
	else if (!run_id || !streq(run_id, run->run_id))
		damage(run, "events of another run are between its own");
}

int json_result_take_event(struct json_result_run *run, struct json_object *event)
{
	const char *name = name_of(event);
	int r;

	if (!run->begun && !json_result_begins(event))
		return -EINVAL;
	check_order(run, event);
	if (!run->begun)
		return take_begin(run, event);
	if (streq(name, "run-end"))
		return take_end(run, event);
	if (!streq(name, "step"))
		return 0;
	r = json_result_take_step(&run->tally, &run->host, json_get_object(event, "step"), false);
	if (r == -EPROTO)
		damage(run, "a step without a verdict");
	return r == -EPROTO ? 0 : r;
}

/* A step that failed did so, whatever became of the run and its events. */
static int without_end(struct json_result_run *run)
{
	struct host_result *host = &run->host;

	memcpy(host->counts, run->tally.counts, sizeof(host->counts));
	if (!run->tally.counts[STEP_FAIL])
		return json_result_unknown(host, "%s",
					   run->damage[0] ? run->damage
							  : "its events end before "
							    "the run did");
	host->known = true;
	host->verdict = run->tally.bug ? RUN_VULNERABLE : RUN_BROKEN;
	return 0;
}

int json_result_end_run(struct json_result_run *run)
{
	const struct host_result *host = &run->host;
	bool bad = host->known && run_verdict_exit_status(host->verdict) == 1;

	return !run->ended || (run->damage[0] && !bad) ? without_end(run) : 0;
}
