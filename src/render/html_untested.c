// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html_run.h"

/* So many functions are named; the rest is counted. */
#define NAMED_MAX 200

/* Names with commas between them. */
struct names {
	struct strbuf text;
	size_t count;
};

static void add_function(struct names *names, const char *function, const char *method)
{
	if (names->count++ < NAMED_MAX)
		strbuf_printf(&names->text, "%s%s%s%s", names->count > 1 ? ", " : "", function,
			      method[0] ? " " : "", method);
}

static void put_names(struct strbuf *out, struct names *names)
{
	strbuf_puts(out, "<code>");
	html_text(out, names->text.text ? names->text.text : "");
	strbuf_puts(out, "</code>");
	if (names->count > NAMED_MAX)
		strbuf_printf(out, " and %zu more", names->count - NAMED_MAX);
	if (names->text.error)
		out->error = names->text.error;
	strbuf_free(&names->text);
}

static bool is_skip_like(const struct html_run *view, size_t index, const struct slug *reason,
			 const char *text)
{
	return view->result->steps[index].verdict == STEP_SKIP &&
	       view->result->steps[index].reason == reason &&
	       streq(view->run->steps[index].skip_text, text);
}

static bool is_first_skip(const struct html_run *view, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_skip_like(view, i, view->result->steps[index].reason,
				 view->run->steps[index].skip_text))
			return false;
	return true;
}

/* The functions that were skipped as the one at @first was. */
static void write_skip(struct strbuf *out, const struct html_run *view, size_t first)
{
	const struct slug *reason = view->result->steps[first].reason;
	const char *text = view->run->steps[first].skip_text;
	struct names names = {0};

	for (size_t i = first; i < view->run->step_count; i++) {
		const struct step_evidence *step = &view->run->steps[i];

		if (is_skip_like(view, i, reason, text))
			for (size_t j = 0; j < step->subject_count; j++)
				add_function(&names, step->subjects[j].function, step->method);
	}
	strbuf_puts(out, "<tr><th scope=\"row\">");
	html_badge(out, HTML_NONE, reason ? reason->name : "skipped");
	strbuf_puts(out, "</th><td>");
	html_text(out, text);
	strbuf_puts(out, "</td><td>");
	html_text(out, reason ? reason->meaning : "");
	strbuf_puts(out, " ");
	html_text(out, reason ? reason->remedy : "");
	strbuf_puts(out, "</td><td>");
	put_names(out, &names);
	strbuf_puts(out, "</td></tr>\n");
}

static bool same_refusal(const struct refusal *a, const struct refusal *b)
{
	return streq(a->reason, b->reason) && streq(a->text, b->text) &&
	       streq(a->override, b->override);
}

static bool is_first_refusal(const struct run_evidence *run, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (same_refusal(&run->refusals[i], &run->refusals[index]))
			return false;
	return true;
}

static void write_refusal(struct strbuf *out, const struct run_evidence *run, size_t first)
{
	const struct refusal *refusal = &run->refusals[first];
	struct names names = {0};

	for (size_t i = first; i < run->refusal_count; i++)
		if (same_refusal(&run->refusals[i], refusal))
			add_function(&names, run->refusals[i].function, "");
	strbuf_puts(out, "<tr><th scope=\"row\">");
	html_badge(out, HTML_NONE, refusal->reason);
	strbuf_puts(out, "</th><td>");
	html_text(out, refusal->text);
	strbuf_puts(out, "</td><td>");
	html_text(out, refusal->override[0] ? refusal->override : "Nothing lifts this.");
	strbuf_puts(out, "</td><td>");
	put_names(out, &names);
	strbuf_puts(out, "</td></tr>\n");
}

static void begin_table(struct strbuf *out, const char *caption)
{
	html_table_begin(out, "scroll words", caption);
	strbuf_puts(out, "<thead><tr><th scope=\"col\">Reason</th><th scope=\"col\">Why</th>"
			 "<th scope=\"col\">What to do</th><th scope=\"col\">Functions</th></tr>"
			 "</thead>\n<tbody>\n");
}

static void end_table(struct strbuf *out)
{
	strbuf_puts(out, "</tbody>\n");
	html_table_end(out);
}

void html_untested(struct strbuf *out, const struct html_run *view)
{
	const struct run_evidence *run = view->run;
	bool skipped = view->result->totals.counts[STEP_SKIP] > 0;

	if (!skipped && !run->refusal_count)
		return;
	html_heading(out, &view->place, 0, "untested", "What was not tested");
	if (skipped) {
		begin_table(out, "Skipped: the test would have shown nothing");
		for (size_t i = 0; i < run->step_count; i++)
			if (view->result->steps[i].verdict == STEP_SKIP && is_first_skip(view, i))
				write_skip(out, view, i);
		end_table(out);
	}
	if (run->refusal_count) {
		begin_table(out, "Refused and left alone: a reset could do harm");
		for (size_t i = 0; i < run->refusal_count; i++)
			if (is_first_refusal(run, i))
				write_refusal(out, run, i);
		end_table(out);
	}
}
