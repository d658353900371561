// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "render/html_run.h"

#define OCCURRENCES_MAX 20
#define EVIDENCE_MAX 40

static void write_evidence(struct strbuf *out, const struct finding *finding)
{
	if (!finding->evidence_count)
		return;
	strbuf_printf(out, "<details><summary>Evidence (%zu)</summary>\n<ul class=\"log\">\n",
		      finding->evidence_count);
	for (size_t i = 0; i < finding->evidence_count && i < EVIDENCE_MAX; i++)
		html_element(out, "li", finding->evidence[i]);
	strbuf_puts(out, "</ul>\n");
	if (finding->evidence_count > EVIDENCE_MAX)
		strbuf_printf(out, "<p>%zu more are not shown.</p>\n",
			      finding->evidence_count - EVIDENCE_MAX);
	strbuf_puts(out, "</details>\n");
}

static void write_occurrence(struct strbuf *out, const struct html_run *view, size_t step,
			     const char *text, const struct finding *finding)
{
	strbuf_puts(out, "<li>");
	html_text(out, text);
	strbuf_puts(out, " (");
	html_step_link(out, view, step);
	strbuf_puts(out, ")\n");
	if (finding)
		write_evidence(out, finding);
	strbuf_puts(out, "</li>\n");
}

/* Returns how many there are, of which the first are written. */
static size_t write_found(struct strbuf *out, const struct html_run *view, const struct slug *slug)
{
	const struct run_result *result = view->result;
	size_t count = 0;

	for (size_t i = 0; i < result->step_count; i++)
		for (size_t j = 0; j < result->steps[i].finding_count; j++) {
			const struct finding *finding = &result->steps[i].findings[j];

			if (finding->slug == slug && count++ < OCCURRENCES_MAX)
				write_occurrence(out, view, i, finding->text, finding);
		}
	return count;
}

static size_t write_doubted(struct strbuf *out, const struct html_run *view,
			    const struct slug *slug)
{
	const struct run_result *result = view->result;
	size_t count = 0;

	/* Of the run, whatever its steps came to. */
	if (result->contradiction && streq(slug->name, "static-contradiction"))
		html_element(out, "li", "The kernel was built in one way and behaved in another.");
	for (size_t i = 0; i < result->step_count; i++)
		if (result->steps[i].verdict == STEP_INCONCLUSIVE &&
		    result->steps[i].reason == slug && count++ < OCCURRENCES_MAX)
			write_occurrence(out, view, i, result->steps[i].text, NULL);
	return count;
}

/* What a word means once, below it where it was met. Nothing when it was not. */
static bool write_slug(struct strbuf *out, const struct html_run *view, const struct slug *slug)
{
	bool failing = slug->class == SLUG_BUG || slug->class == SLUG_BROKEN;
	_cleanup_strbuf_ struct strbuf list = {0};
	size_t count = failing ? write_found(&list, view, slug) : write_doubted(&list, view, slug);

	if (list.error)
		out->error = list.error;
	if (!list.text)
		return false;
	strbuf_puts(out, "<article>\n");
	strbuf_printf(out, "<h%u id=\"%s-%s\">", view->place.level + 1, view->place.id, slug->name);
	html_badge(out, failing ? HTML_BAD : HTML_UNSURE, slug->name);
	strbuf_printf(out, "</h%u>\n<dl class=\"rows\">\n<div><dt>Happened</dt><dd><ul>\n",
		      view->place.level + 1);
	strbuf_puts(out, list.text);
	strbuf_puts(out, "</ul>");
	if (count > OCCURRENCES_MAX)
		strbuf_printf(out, "<p>%zu more are not shown.</p>", count - OCCURRENCES_MAX);
	strbuf_puts(out, "</dd></div>\n");
	html_entry(out, "Meaning", slug->meaning);
	html_entry(out, "Cause", slug->cause);
	html_entry(out, "What to do", slug->remedy);
	strbuf_puts(out, "</dl>\n</article>\n");
	return true;
}

static void write_class(struct strbuf *out, const struct html_run *view, bool failing,
			const char *id, const char *heading, const char *none)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	const struct slug *slug;
	bool any = false;

	for (size_t i = 0; (slug = slug_at(i)); i++) {
		bool is_failing = slug->class == SLUG_BUG || slug->class == SLUG_BROKEN;

		if (failing ? is_failing : slug->class == SLUG_INCONCLUSIVE)
			any |= write_slug(&text, view, slug);
	}
	if (text.error)
		out->error = text.error;
	if (!any && !none)
		return;
	html_heading(out, &view->place, 0, id, heading);
	if (any)
		strbuf_puts(out, text.text);
	else
		html_element(out, "p", none);
}

void html_findings(struct strbuf *out, const struct html_run *view)
{
	const uint64_t *counts = view->result->totals.counts;
	bool tested = counts[STEP_PASS] || counts[STEP_FAIL] || counts[STEP_INCONCLUSIVE];

	write_class(out, view, true, "findings", "Findings",
		    tested ? "None: nothing that was observed is wrong."
			   : "None, for nothing was tested.");
}

void html_doubts(struct strbuf *out, const struct html_run *view)
{
	write_class(out, view, false, "doubts", "What could not be shown", NULL);
}
