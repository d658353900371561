// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/fleet_points.h"

#include <inttypes.h>

#include "base/escape.h"

enum host_outcome host_outcome_of(const struct host_result *result)
{
	if (!result->known)
		return HOST_ERROR;
	switch (run_verdict_exit_status(result->verdict)) {
	case 0:
		return HOST_PASS;
	case 1:
		return HOST_FAIL;
	default:
		return HOST_UNPROVEN;
	}
}

static void add_part(struct strbuf *out, const char *before, const char *text)
{
	if (!text || !*text)
		return;
	strbuf_puts(out, before);
	escape_printable(out, text);
}

void host_reason(struct strbuf *out, const struct host_result *result)
{
	strbuf_puts(out, host_result_word(result));
	if (!result->known) {
		add_part(out, ": ", result->why);
		return;
	}
	add_part(out, ": ", result->slug);
	add_part(out, ": ", result->text);
}

static void add_source(struct strbuf *out, const struct host_result *result)
{
	if (!result->source)
		return;
	strbuf_puts(out, "from ");
	escape_printable(out, result->source);
	strbuf_puts(out, !result->known ? "" : result->checked ? ", by check" : ", by run");
	add_part(out, ", begun ", result->started);
	add_part(out, ", kernel ", result->release);
	strbuf_puts(out, "\n");
}

static void add_steps(struct strbuf *out, const struct host_result *result)
{
	if (!result->known)
		return;
	if (result->checked) {
		strbuf_puts(out, "checked alone: nothing was reset there\n");
		return;
	}
	strbuf_puts(out, "steps: ");
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++)
		strbuf_printf(out, "%s%" PRIu64 " %s", i ? ", " : "", result->counts[i],
			      step_verdict_names[i]);
	strbuf_puts(out, "\n");
}

void host_describe(struct strbuf *out, const struct fleet *fleet, const struct fleet_host *host)
{
	const struct host_result *result = fleet_host_result(fleet, host);

	add_source(out, result);
	add_steps(out, result);
	if (fleet->expected_count && !host->expected)
		strbuf_puts(out, "not among the hosts that are expected\n");
	host_add_others(out, "", fleet, host);
}

void host_add_others(struct strbuf *out, const char *before, const struct fleet *fleet,
		     const struct fleet_host *host)
{
	for (size_t i = host->first + 1; i < host->first + host->count; i++) {
		const struct host_result *result = &fleet->results[i];

		strbuf_printf(out, "%salso %s, ", before, host_result_word(result));
		escape_printable(out, result->started[0] ? result->started : "at some time");
		add_part(out, ", ", result->source);
		add_part(out, ": ", result->why);
		strbuf_puts(out, "\n");
	}
}
