// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/formats.h"

#include "render/fleet.h"
#include "render/json_ocptv.h"
#include "render/json_run.h"
#include "render/junit.h"
#include "render/prometheus.h"
#include "render/run_text.h"
#include "render/tap.h"

static const struct format formats[] = {
	{"text", NULL, NULL, false},
	{"html", NULL, html_fleet_write, false},
	{"json", json_run_write, json_fleet_write, false},
	{"jsonl", NULL, NULL, true},
	{"ktap", ktap_write, ktap_fleet_write, false},
	{"tap", tap_write, tap_fleet_write, false},
	{"junit", junit_write, junit_fleet_write, false},
	{"ocptv", json_ocptv_write, NULL, false},
	{"prometheus", prometheus_write, prometheus_fleet_write, false},
};

bool format_is_drawn(const struct format *format)
{
	return streq(format->name, "html");
}

const struct format *format_at(size_t index)
{
	return index < ARRAY_SIZE(formats) ? &formats[index] : NULL;
}

const struct format *format_find(const char *name, size_t name_bytes)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (strlen(formats[i].name) == name_bytes &&
		    strncmp(formats[i].name, name, name_bytes) == 0)
			return &formats[i];
	return NULL;
}

static bool is_text(const struct format *format)
{
	return streq(format->name, "text");
}

bool format_has_fleet(const struct format *format)
{
	return is_text(format) || format->write_fleet;
}

int format_write(const struct format *format, FILE *out, const struct run_evidence *run,
		 const struct run_result *result, int exit_status, const struct text_style *style)
{
	if (!format->write)
		return run_text_write(out, run, result, style);
	return format->write(out, run, result, exit_status);
}

int format_write_fleet(const struct format *format, FILE *out, const struct fleet *fleet,
		       int exit_status, const struct text_style *style)
{
	if (is_text(format))
		return fleet_text_write(out, fleet, style);
	return format->write_fleet(out, fleet, exit_status);
}
