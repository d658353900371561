// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/fleet.h"
#include "render/fleet_points.h"
#include "render/junit_case.h"
#include "render/points.h"
#include "render/when.h"

static struct junit_outcome outcome_of(const struct host_result *result)
{
	switch (host_outcome_of(result)) {
	case HOST_PASS:
		break;
	case HOST_FAIL:
		return (struct junit_outcome){JUNIT_FAILURE, host_result_word(result)};
	case HOST_UNPROVEN:
		return (struct junit_outcome){JUNIT_SKIPPED, NULL};
	case HOST_ERROR:
		return (struct junit_outcome){JUNIT_ERROR, host_result_word(result)};
	}
	return (struct junit_outcome){0};
}

static void add_host(struct junit *junit, struct strbuf *output, const struct fleet *fleet,
		     const struct fleet_host *host)
{
	const struct host_result *result = fleet_host_result(fleet, host);
	_cleanup_strbuf_ struct strbuf name = {0}, reason = {0}, lines = {0};

	point_word(&name, result->name);
	host_reason(&reason, result);
	host_describe(&lines, fleet, host);
	junit_add_case(junit, "host", &name, 0, outcome_of(result), &reason, &lines);
	/* A case that passed has no room for it. */
	if (host_outcome_of(result) == HOST_PASS)
		strbuf_printf(output, "%s: %s\n%s", name.text ? name.text : "",
			      reason.text ? reason.text : "", lines.text ? lines.text : "");
	if (name.error || reason.error || lines.error)
		output->error = name.error ? name.error : reason.error ? reason.error : lines.error;
}

static void add_properties(struct strbuf *out, const struct fleet *fleet, int exit_status)
{
	junit_add_property(out, "verdict", host_rank_names[fleet_rank(fleet)]);
	junit_add_number(out, "exit_status", (uint64_t)exit_status);
	junit_add_property(out, "tool_version", PACKAGE_VERSION);
	for (size_t i = 0; i < HOST_RANK_COUNT; i++) {
		char name[32];

		snprintf(name, sizeof(name), "hosts_%s", host_rank_names[i]);
		junit_add_number(out, name, fleet->counts[i]);
	}
}

/* When the last of the runs began. */
static int64_t newest_s(const struct fleet *fleet)
{
	int64_t newest = 0;

	for (size_t i = 0; i < fleet->result_count; i++) {
		int64_t started = when_parse_s(fleet->results[i].started);

		newest = started > newest ? started : newest;
	}
	return newest;
}

int junit_fleet_write(FILE *out, const struct fleet *fleet, int exit_status)
{
	_cleanup_strbuf_ struct strbuf text = {0}, output = {0};
	struct junit junit = {0};
	char when[WHEN_MAX];

	for (size_t i = 0; i < fleet->host_count; i++)
		add_host(&junit, &output, fleet, &fleet->hosts[i]);
	when_format(newest_s(fleet), 0, when);
	junit_begin(&text, &junit, "", when);
	add_properties(&text, fleet, exit_status);
	junit_end(&text, &junit, &output);
	return strbuf_write(&text, out);
}
