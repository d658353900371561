// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/escape.h"
#include "model/counter.h"
#include "render/html_run.h"
#include "render/html_timeline.h"
#include "render/step_text.h"
#include "render/timeline.h"

#define LOG_LINES_MAX 200

static void write_name(struct strbuf *out, const struct step_evidence *step)
{
	if (step->method[0])
		strbuf_printf(out, "%s of ", step->method);
	for (size_t i = 0; i < step->subject_count; i++)
		strbuf_printf(out, "%s%s", i ? " + " : "", step->subjects[i].function);
	strbuf_printf(out, " (%s)", scenario_names[step->scenario]);
}

void html_step_link(struct strbuf *out, const struct html_run *view, size_t index)
{
	const struct step_evidence *step = &view->run->steps[index];

	if (view->chosen[index])
		strbuf_printf(out, "<a href=\"#%s-s%u\">step %u</a>", view->place.id, step->number,
			      step->number);
	else
		strbuf_printf(out, "step %u", step->number);
}

static bool is_same_series(const struct step_evidence *a, const struct step_evidence *b)
{
	if (a->scenario != b->scenario || !streq(a->method, b->method) ||
	    a->subject_count != b->subject_count)
		return false;
	for (size_t i = 0; i < a->subject_count; i++)
		if (!streq(a->subjects[i].function, b->subjects[i].function))
			return false;
	return true;
}

static bool has_one_before(const struct html_run *view, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (view->chosen[i] &&
		    is_same_series(&view->run->steps[i], &view->run->steps[index]))
			return true;
	return false;
}

void html_choose(struct html_run *view)
{
	const struct run_result *result = view->result;
	size_t left = view->step_max;

	for (size_t i = 0; i < result->step_count && left; i++)
		if (result->steps[i].verdict == STEP_FAIL ||
		    result->steps[i].verdict == STEP_INCONCLUSIVE) {
			view->chosen[i] = true;
			left--;
		}
	for (size_t i = 0; i < result->step_count && left; i++)
		if (result->steps[i].verdict == STEP_PASS && !has_one_before(view, i)) {
			view->chosen[i] = true;
			left--;
		}
	view->example_count = result->example_count < left ? result->example_count : left;
}

/* Text of lines, each escaped already but for HTML. */
static void put_lines(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		_cleanup_free_ char *line = strndup(text, length);

		if (!line) {
			out->error = -ENOMEM;
			return;
		}
		html_text(out, line);
		strbuf_puts(out, "\n");
		text += length + (text[length] == '\n');
	}
}

static void write_list(struct strbuf *out, const char *summary, const char *text)
{
	strbuf_printf(out, "<details><summary>%s</summary>\n<pre>", summary);
	put_lines(out, text);
	strbuf_puts(out, "</pre></details>\n");
}

static void write_events(struct strbuf *out, const struct step_evidence *step)
{
	_cleanup_strbuf_ struct strbuf events = {0};

	timeline_write(&events, step, false);
	if (events.error)
		out->error = events.error;
	if (events.text)
		write_list(out, "The picture as a list: milliseconds, and what the kernel did",
			   events.text);
}

static void write_log(struct strbuf *out, const struct step_evidence *step)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	for (size_t i = 0; i < step->log_count && i < LOG_LINES_MAX; i++) {
		strbuf_printf(&text, "[%.6f] ", (double)step->log[i].time_us / 1e6);
		escape_printable(&text, step->log[i].text);
		strbuf_puts(&text, "\n");
	}
	if (step->log_count > LOG_LINES_MAX)
		strbuf_printf(&text, "... %zu more lines\n", step->log_count - LOG_LINES_MAX);
	if (text.text)
		write_list(out, "Kernel log of this step", text.text);
}

static void write_registers(struct strbuf *out, const struct step_result *result)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	for (size_t i = 0; i < result->register_count; i++) {
		const struct register_change *change = &result->registers[i];
		char line[256];

		register_change_text(change, line, sizeof(line));
		strbuf_printf(&text, "%s %s%s%s%s\n", change->function, line,
			      change->why ? " (" : "", change->why ? change->why : "",
			      change->why ? ")" : "");
	}
	if (text.text)
		write_list(out, "Registers that differ after the reset", text.text);
}

static bool named_before(const struct step_result *result, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (result->findings[i].slug == result->findings[index].slug)
			return true;
	return false;
}

static void write_findings(struct strbuf *out, const struct html_run *view,
			   const struct step_result *result)
{
	if (!result->finding_count)
		return;
	strbuf_puts(out, "<div><dt>Findings</dt><dd>");
	for (size_t i = 0; i < result->finding_count; i++)
		if (!named_before(result, i))
			strbuf_printf(out, "%s<a href=\"#%s-%s\">%s</a>", i ? ", " : "",
				      view->place.id, result->findings[i].slug->name,
				      result->findings[i].slug->name);
	strbuf_puts(out, "</dd></div>\n");
}

static void write_seen(struct strbuf *out, const struct html_run *view,
		       const struct step_evidence *step, const struct step_result *result)
{
	_cleanup_strbuf_ struct strbuf observed = {0}, counters = {0};

	step_text_observed(&observed, step, result);
	step_text_counters(&counters, step, false);
	strbuf_puts(out, "<dl class=\"rows\">\n");
	html_entry(out, "Result", result->text);
	html_entry(out, "Observed", observed.text ? observed.text : "");
	for (size_t i = 0; i < result->note_count; i++)
		html_entry(out, "Note", result->notes[i]);
	html_entry(out, "Counters", counters.text ? counters.text : "");
	if (step->trace_state.source == TRACE_SOURCE_NONE)
		html_entry(out, "Trace", step->trace_state.why[0] ? step->trace_state.why : "none");
	write_findings(out, view, result);
	strbuf_puts(out, "</dl>\n");
	if (observed.error || counters.error)
		out->error = -ENOMEM;
}

static int write_picture(struct strbuf *out, const struct html_run *view,
			 const struct step_evidence *step, const char *name)
{
	_cleanup_(picture_clear) struct picture picture = {0};
	char id[32];
	int r = view->draw(step, &picture);

	snprintf(id, sizeof(id), "%s-p%u", view->place.id, step->number);
	if (r == 0)
		html_timeline(out, id, name, &picture);
	return r;
}

static int write_step(struct strbuf *out, const struct html_run *view,
		      const struct step_evidence *step, const struct step_result *result)
{
	static const char *const words[STEP_VERDICT_COUNT] = {"PASS", "FAIL", "SKIP",
							      "INCONCLUSIVE"};
	_cleanup_strbuf_ struct strbuf name = {0}, picture_name = {0};
	int r;

	write_name(&name, step);
	strbuf_printf(&picture_name, "Timeline of step %u, %s", step->number,
		      name.text ? name.text : "");
	strbuf_printf(out, "<article>\n<h%u id=\"%s-s%u\">", view->place.level + 1, view->place.id,
		      step->number);
	html_badge(out, html_tone_of_step(result->verdict), words[result->verdict]);
	strbuf_printf(out, " Step %u: ", step->number);
	html_text(out, name.text ? name.text : "");
	strbuf_printf(out, "</h%u>\n", view->place.level + 1);
	write_seen(out, view, step, result);
	r = write_picture(out, view, step, picture_name.text ? picture_name.text : "");
	write_events(out, step);
	write_log(out, step);
	write_registers(out, result);
	strbuf_puts(out, "</article>\n");
	return name.error ? name.error : r;
}

static uint64_t count_run(const struct html_run *view)
{
	return totals_steps(&view->result->totals) - view->result->totals.counts[STEP_SKIP];
}

static size_t count_left_out(const struct html_run *view)
{
	uint64_t run = count_run(view);
	size_t shown = view->example_count;

	for (size_t i = 0; i < view->result->step_count; i++)
		shown += view->chosen[i];
	return run > shown ? (size_t)run - shown : 0;
}

static int write_steps(struct strbuf *out, const struct html_run *view)
{
	const struct run_evidence *run = view->run;
	const struct run_result *result = view->result;
	int r = 0;

	for (size_t i = 0; i < result->step_count && r == 0; i++)
		if (view->chosen[i])
			r = write_step(out, view, &run->steps[i], &result->steps[i]);
	for (size_t i = 0; i < view->example_count && r == 0; i++)
		r = write_step(out, view, &run->examples[i], &result->examples[i]);
	return r;
}

int html_steps(struct strbuf *out, const struct html_run *view)
{
	size_t left_out = count_left_out(view);
	int r;

	if (!count_run(view))
		return 0;
	html_heading(out, &view->place, 0, "steps", "What happened in each step");
	if (view->alone) /* else the page has one for all */
		html_legend(out);
	r = write_steps(out, view);
	if (left_out)
		strbuf_printf(out,
			      "<p>%zu more steps are not drawn: shown are those that did not pass, "
			      "of many rounds the first of each kind, then one of each function, "
			      "method and scenario; %zu at most.</p>\n",
			      left_out, view->step_max);
	return r;
}
