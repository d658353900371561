/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What documents and events have in common when they are read. */
#ifndef RENDER_JSON_RESULT_PARTS_H
#define RENDER_JSON_RESULT_PARTS_H

#include "model/host_result.h"

struct json_object;

/* Nothing is known of the host, for this reason. Returns 0 or -ENOMEM. */
int json_result_unknown(struct host_result *host, const char *format, ...)
	_printf_(2, 3) _must_check_;

/* Replaces the slug, and the text unless that is NULL. Returns 0 or -ENOMEM. */
int json_result_says(struct host_result *host, const char *slug, const char *text) _must_check_;

/* The name and the kernel's release, from `host` and `kernel`. Returns 0 or -ENOMEM. */
int json_result_head(struct json_object *doc, struct host_result *host) _must_check_;

/* What is wrong with `schema_version` and `tool`: fills @why. */
bool json_result_is_ours(struct json_object *doc, bool has_tool, char *why, size_t size_bytes);

/* What steps say until the verdict is read. */
struct json_result_tally {
	uint64_t counts[STEP_VERDICT_COUNT];
	bool bug; /* a failed step names the bug */
	int told; /* how bad the step is that @host's slug is of */
};

/*
 * Takes one step of a document or event in: its verdict, its finding if it is the first of the
 * worst kind, and a row where @with_row. Returns 0, -EPROTO if it is none, or -ENOMEM.
 */
int json_result_take_step(struct json_result_tally *tally, struct host_result *host,
			  struct json_object *step, bool with_row) _must_check_;

/* Adds the rows of `latency`. What is none is left out. Returns 0 or -ENOMEM. */
int json_result_take_latency(struct host_result *host, struct json_object *list) _must_check_;

/*
 * The verdict of a document or of the event `run-end`, which must not contradict the steps in
 * @tally, and the counts. Returns 0 or -ENOMEM.
 */
int json_result_conclude(struct json_object *doc, const struct json_result_tally *tally,
			 struct host_result *host) _must_check_;

#endif
