// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "render/fleet.h"
#include "render/fleet_points.h"
#include "render/points.h"
#include "render/prometheus_text.h"
#include "render/when.h"

#define PREFIX PROMETHEUS_PREFIX

/* A metric with the name that begins a sample of it for one host; the labels are left open. */
static void add_host(struct strbuf *out, const char *metric, const struct host_result *result)
{
	_cleanup_strbuf_ struct strbuf name = {0};

	/* Different names stay different. */
	point_word(&name, result->name);
	if (name.error)
		out->error = name.error;
	strbuf_printf(out, PREFIX "%s{", metric);
	prometheus_label(out, "", "host", name.text ? name.text : "");
}

static void add_fleet(struct strbuf *out, const struct fleet *fleet, int exit_status)
{
	unsigned int rank = fleet_rank(fleet);

	prometheus_metric(out, "fleet_hosts", "gauge", "Hosts by verdict.");
	for (size_t i = 0; i < HOST_RANK_COUNT; i++)
		strbuf_printf(out, PREFIX "fleet_hosts{verdict=\"%s\"} %zu\n", host_rank_names[i],
			      fleet->counts[i]);
	prometheus_metric(out, "fleet_verdict", "gauge",
			  "The worst verdict of the hosts is 1, the others 0.");
	for (size_t i = 0; i < HOST_RANK_COUNT; i++)
		strbuf_printf(out, PREFIX "fleet_verdict{verdict=\"%s\"} %d\n", host_rank_names[i],
			      i == rank);
	prometheus_metric(out, "fleet_passed", "gauge",
			  "Whether each host is fixed or not-affected.");
	strbuf_printf(out, PREFIX "fleet_passed %d\n", fleet_exit_status(fleet) == 0);
	prometheus_metric(out, "fleet_exit_status", "gauge", "Exit status of the program.");
	strbuf_printf(out, PREFIX "fleet_exit_status %d\n", exit_status);
}

static void add_verdict(struct strbuf *out, const struct host_result *result)
{
	for (size_t i = 0; i < HOST_RANK_COUNT; i++) {
		add_host(out, "host_verdict", result);
		strbuf_printf(out, ",verdict=\"%s\"} %d\n", host_rank_names[i],
			      i == host_result_rank(result));
	}
}

static void add_passed(struct strbuf *out, const struct host_result *result)
{
	add_host(out, "host_passed", result);
	strbuf_printf(out, "} %d\n", host_outcome_of(result) == HOST_PASS);
}

/* From here on, what is not known is left out, never 0. */
static void add_info(struct strbuf *out, const struct host_result *result)
{
	if (!result->known)
		return;
	add_host(out, "host_info", result);
	prometheus_label(out, ",", "release", result->release);
	prometheus_label(out, ",", "by", result->checked ? "check" : "run");
	strbuf_puts(out, "} 1\n");
}

static void add_reason(struct strbuf *out, const struct host_result *result)
{
	if (!result->slug[0])
		return;
	add_host(out, "host_reason", result);
	prometheus_label(out, ",", "reason", result->slug);
	strbuf_puts(out, "} 1\n");
}

static void add_steps(struct strbuf *out, const struct host_result *result)
{
	if (!result->known || result->checked)
		return;
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++) {
		add_host(out, "host_steps", result);
		strbuf_printf(out, ",verdict=\"%s\"} %" PRIu64 "\n", step_verdict_names[i],
			      result->counts[i]);
	}
}

static void add_when(struct strbuf *out, const struct host_result *result)
{
	int64_t started_s = when_parse_s(result->started);

	if (!started_s)
		return;
	add_host(out, "host_last_run_timestamp_seconds", result);
	strbuf_printf(out, "} %" PRId64 "\n", started_s);
}

static void add_hosts(struct strbuf *out, const struct fleet *fleet)
{
	static const struct {
		const char *name, *help;
		void (*add)(struct strbuf *out, const struct host_result *result);
	} metrics[] = {
		{"host_verdict", "The verdict of the host is 1, the others 0.", add_verdict},
		{"host_passed", "Whether the host is fixed or not-affected.", add_passed},
		{"host_info", "Kernel of the host, and whether it was tested or checked alone.",
		 add_info},
		{"host_reason", "1 for the finding or reason that decided.", add_reason},
		{"host_steps", "Steps of the host's run by what they came to.", add_steps},
		{"host_last_run_timestamp_seconds",
		 "When the host's run began, in seconds since 1970.", add_when},
	};

	for (size_t i = 0; i < ARRAY_SIZE(metrics); i++) {
		prometheus_metric(out, metrics[i].name, "gauge", metrics[i].help);
		for (size_t j = 0; j < fleet->host_count; j++)
			metrics[i].add(out, fleet_host_result(fleet, &fleet->hosts[j]));
	}
}

static void add_notes(struct strbuf *out, const struct fleet *fleet)
{
	prometheus_metric(out, "host_results", "gauge",
			  "How many results the host has, of which the worst one counts.");
	for (size_t i = 0; i < fleet->host_count; i++) {
		const struct fleet_host *host = &fleet->hosts[i];
		const struct host_result *result = fleet_host_result(fleet, host);

		add_host(out, "host_results", result);
		strbuf_printf(out, "} %zu\n", result->source ? host->count : 0);
	}
	if (!fleet->expected_count)
		return;
	prometheus_metric(out, "host_expected", "gauge",
			  "Whether the host is among those that should have a result.");
	for (size_t i = 0; i < fleet->host_count; i++) {
		add_host(out, "host_expected", fleet_host_result(fleet, &fleet->hosts[i]));
		strbuf_printf(out, "} %d\n", fleet->hosts[i].expected);
	}
}

int prometheus_fleet_write(FILE *out, const struct fleet *fleet, int exit_status)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	add_fleet(&text, fleet, exit_status);
	add_hosts(&text, fleet);
	add_notes(&text, fleet);
	return strbuf_write(&text, out);
}
