// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/fleet.h"
#include "render/fleet_points.h"
#include "render/points.h"
#include "render/tap_point.h"

static void add_host(struct tap *tap, const struct fleet *fleet, const struct fleet_host *host)
{
	static const enum tap_outcome outcomes[] = {
		[HOST_PASS] = TAP_PASS,
		[HOST_FAIL] = TAP_FAIL,
		[HOST_UNPROVEN] = TAP_SKIP,
		[HOST_ERROR] = TAP_ERROR,
	};
	const struct host_result *result = fleet_host_result(fleet, host);
	_cleanup_strbuf_ struct strbuf name = {0}, reason = {0}, lines = {0};

	point_word(&name, result->name);
	host_reason(&reason, result);
	if (tap->kernel)
		strbuf_printf(&lines, "%s\n", reason.text ? reason.text : "");
	host_describe(&lines, fleet, host);
	tap_add_point(tap, outcomes[host_outcome_of(result)], host_result_word(result), &name,
		      &reason, &lines);
}

static int write_document(FILE *out, const struct fleet *fleet, bool kernel)
{
	struct tap tap = {.kernel = kernel};
	int r;

	tap_begin(&tap, fleet->host_count);
	strbuf_printf(&tap.text,
		      "# " PACKAGE_NAME " " PACKAGE_VERSION ", %zu host%s, the worst: %s\n",
		      fleet->host_count, fleet->host_count == 1 ? "" : "s",
		      host_rank_names[fleet_rank(fleet)]);
	for (size_t i = 0; i < fleet->host_count; i++)
		add_host(&tap, fleet, &fleet->hosts[i]);
	tap_add_totals(&tap);
	r = strbuf_write(&tap.text, out);
	strbuf_free(&tap.text);
	return r;
}

int tap_fleet_write(FILE *out, const struct fleet *fleet, int exit_status)
{
	(void)exit_status;
	return write_document(out, fleet, false);
}

int ktap_fleet_write(FILE *out, const struct fleet *fleet, int exit_status)
{
	(void)exit_status;
	return write_document(out, fleet, true);
}
