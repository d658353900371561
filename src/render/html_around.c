// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "model/counter.h"
#include "render/html_run.h"

static void write_warnings(struct strbuf *out, const struct html_run *view)
{
	const struct run_evidence *run = view->run;

	if (!run->warning_count)
		return;
	html_heading(out, &view->place, 0, "warnings", "Warnings");
	strbuf_puts(out, "<ul>\n");
	for (size_t i = 0; i < run->warning_count; i++)
		html_element(out, "li", run->warnings[i]);
	strbuf_puts(out, "</ul>\n");
}

static void put_origin(struct strbuf *out, const struct background *one)
{
	if (one->kind == background_more)
		strbuf_puts(out, "others");
	else if (one->function[0])
		html_text(out, one->function);
	else if (one->pid >= 0)
		strbuf_printf(out, "process %d", one->pid);
	else
		strbuf_puts(out, "no function named");
}

static void write_background(struct strbuf *out, const struct html_run *view)
{
	const struct run_result *result = view->result;

	if (!result->background_count)
		return;
	html_heading(out, &view->place, 0, "background", "In the background");
	html_element(out, "p",
		     "Of other functions and processes, at the time of the resets. It does not "
		     "count against them.");
	html_table_begin(out, "scroll", "Events in the background");
	strbuf_puts(out, "<thead><tr><th scope=\"col\">Of</th><th scope=\"col\">Event</th>"
			 "<th scope=\"col\">How often</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < result->background_count; i++) {
		const struct background *one = &result->background[i];

		strbuf_puts(out, "<tr><th scope=\"row\">");
		put_origin(out, one);
		strbuf_puts(out, "</th><td>");
		html_text(out, one->kind);
		strbuf_puts(out, one->symbol[0] ? " in " : "");
		html_text(out, one->symbol);
		strbuf_printf(out, "</td><td class=\"number\">%" PRIu64 "</td></tr>\n",
			      one->events);
	}
	strbuf_puts(out, "</tbody>\n");
	html_table_end(out);
}

static bool has_unknown(const struct totals *totals)
{
	for (size_t i = 0; i < totals->counter_count; i++)
		if (totals->counters[i].why[0] && !counter_is_traffic(totals->counters[i].name))
			return true;
	return false;
}

static void write_counters(struct strbuf *out, const struct html_run *view)
{
	const struct totals *totals = &view->result->totals;
	_cleanup_strbuf_ struct strbuf rows = {0};
	bool any_unknown = has_unknown(totals);

	for (size_t i = 0; i < totals->counter_count; i++) {
		const struct counter_sum *sum = &totals->counters[i];

		if (counter_is_traffic(sum->name) || (!sum->delta && !sum->why[0]))
			continue;
		strbuf_puts(&rows, "<tr><th scope=\"row\">");
		html_text(&rows, sum->name);
		strbuf_printf(&rows, "</th><td class=\"number\">%s%" PRIu64 "</td>",
			      sum->why[0] ? "at least " : "", sum->delta);
		if (any_unknown)
			html_element(&rows, "td", sum->why);
		strbuf_puts(&rows, "</tr>\n");
	}
	if (rows.error)
		out->error = rows.error;
	if (!rows.text)
		return;
	html_heading(out, &view->place, 0, "counters", "Counters that rose");
	html_table_begin(out, "scroll", "By how much, over all steps");
	strbuf_puts(out, "<thead><tr><th scope=\"col\">Counter</th><th scope=\"col\">Rise</th>");
	if (any_unknown)
		strbuf_puts(out, "<th scope=\"col\">Not known, because</th>");
	strbuf_puts(out, "</tr></thead>\n<tbody>\n");
	strbuf_puts(out, rows.text);
	strbuf_puts(out, "</tbody>\n");
	html_table_end(out);
}

void html_around(struct strbuf *out, const struct html_run *view)
{
	write_warnings(out, view);
	write_background(out, view);
	write_counters(out, view);
}
