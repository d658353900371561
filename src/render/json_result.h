/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a document or a stream of events says of a host. Whoever wrote it is not believed: what
 * contradicts itself, or is not what this program writes, is unknown, and why.
 */
#ifndef RENDER_JSON_RESULT_H
#define RENDER_JSON_RESULT_H

#include "render/json_result_parts.h"

struct json_object;

/*
 * Fills a zeroed @host from a document of `run`, `judge` or `check`. Its name stays NULL when the
 * document tells none; its source is the caller's. Returns 0, whatever the document is, or -ENOMEM.
 */
int json_result_of_document(struct json_object *doc, struct host_result *host) _must_check_;

/* A run of which some events were read. Zeroed there is none. */
struct json_result_run {
	struct host_result host;
	bool begun, ended;
	char run_id[40];
	uint64_t sequence; /* of the last event */
	char damage[128];  /* what is wrong with the events; "" for nothing */
	struct json_result_tally tally;
};

/* Whether it is an event, of whatever kind. */
bool json_result_is_event(struct json_object *object);

/* Whether it is the event that begins a run: the one before is over. */
bool json_result_begins(struct json_object *event);

/*
 * Takes an event in; @run is over when it has ended then. Returns 0, -EINVAL for an event of which
 * no beginning was read, or -ENOMEM.
 */
int json_result_take_event(struct json_result_run *run, struct json_object *event) _must_check_;

/*
 * No more events will come of it: completes @run->host, name and source as above. What has no end,
 * or is damaged, is unknown, unless a step of it failed. Returns 0 or -ENOMEM.
 */
int json_result_end_run(struct json_result_run *run) _must_check_;

#endif
