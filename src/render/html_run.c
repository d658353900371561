// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html_run.h"

#include <errno.h>
#include <inttypes.h>

static const struct slug *first_finding(const struct html_run *view, enum slug_class class)
{
	const struct run_result *result = view->result;

	for (size_t i = 0; i < result->step_count; i++)
		for (size_t j = 0; j < result->steps[i].finding_count; j++)
			if (result->steps[i].findings[j].slug->class == class)
				return result->steps[i].findings[j].slug;
	return NULL;
}

static const struct slug *first_reason(const struct html_run *view, enum step_verdict verdict)
{
	const struct run_result *result = view->result;

	for (size_t i = 0; i < result->step_count; i++)
		if (result->steps[i].verdict == verdict && result->steps[i].reason)
			return result->steps[i].reason;
	return NULL;
}

/* What the verdict rests on first; NULL where there is nothing to do. */
static const struct slug *advice(const struct html_run *view)
{
	switch (view->result->verdict) {
	case RUN_VULNERABLE:
		return first_finding(view, SLUG_BUG);
	case RUN_BROKEN:
		return first_finding(view, SLUG_BROKEN);
	case RUN_INCONCLUSIVE:
		return first_reason(view, STEP_INCONCLUSIVE);
	case RUN_SKIPPED:
		return first_reason(view, STEP_SKIP);
	default:
		return NULL;
	}
}

static void write_counts(struct strbuf *out, const struct html_run *view)
{
	static const char *const words[STEP_VERDICT_COUNT] = {"passed", "failed", "not tested",
							      "inconclusive"};
	const char *before = "";

	strbuf_puts(out, "<p>Steps: ");
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++) {
		if (view->result->totals.counts[i] == 0)
			continue;
		strbuf_printf(out, "%s%" PRIu64 " %s", before, view->result->totals.counts[i],
			      words[i]);
		before = ", ";
	}
	strbuf_printf(out, "%s.", *before ? "" : "none");
	if (view->run->refusal_count)
		strbuf_printf(out, " Functions refused and left alone: %zu.",
			      view->run->refusal_count);
	strbuf_puts(out, "</p>\n");
}

static void write_limits(struct strbuf *out, const struct html_run *view)
{
	if (view->run->cut)
		html_element(out, "p", "The evidence has no end: its writer was killed.");
	if (view->run->signal)
		strbuf_printf(out,
			      "<p>Ended early by signal %d (%s): the results are partial.</p>\n",
			      view->run->signal, strsignal(view->run->signal));
	if (view->result->contradiction)
		strbuf_printf(out,
			      "<p>What the kernel was built with and what it did contradict each "
			      "other: see <a href=\"#%s-static-contradiction\">static-contradiction"
			      "</a>.</p>\n",
			      view->place.id);
}

static void write_verdict(struct strbuf *out, const struct html_run *view)
{
	struct host_result verdict = {.known = true, .verdict = view->result->verdict};
	enum html_tone tone = html_tone_of_host(&verdict);
	const struct slug *slug = advice(view);

	strbuf_printf(out,
		      "<div class=\"verdict %s\">\n<p class=\"word\"><span "
		      "aria-hidden=\"true\">%s</span> Verdict: %s</p>\n",
		      html_tone_class(tone), html_tone_symbol(tone),
		      run_verdict_names[view->result->verdict]);
	if (view->result->summary[0])
		html_element(out, "p", view->result->summary);
	if (slug && slug->remedy[0]) {
		strbuf_puts(out, "<p><strong>What to do:</strong> ");
		html_text(out, slug->remedy);
		strbuf_puts(out, "</p>\n");
	}
	write_limits(out, view);
	write_counts(out, view);
	strbuf_puts(out, "</div>\n");
}

static const char *iommu_words(const struct host *host)
{
	if (host->iommu_names[0])
		return host->iommu_names;
	return host->iommu == TRI_YES  ? "on"
	       : host->iommu == TRI_NO ? "none, or switched off"
				       : "not known";
}

static void write_built_as(struct strbuf *out, const struct html_run *view)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	strbuf_printf(&text, "%s: %s", static_verdict_name(view->result->static_verdict),
		      view->result->static_reason ? view->result->static_reason : "");
	if (view->run->facts.note[0])
		strbuf_printf(&text, " (%s)", view->run->facts.note);
	html_entry(out, "Built as", text.text ? text.text : "");
}

static void write_rounds(struct strbuf *out, const struct html_run *view)
{
	char text[64];

	if (view->result->totals.rounds < 2)
		return;
	snprintf(text, sizeof(text), "%u, %" PRIu64 " steps", view->result->totals.rounds,
		 totals_steps(&view->result->totals));
	html_entry(out, "Rounds", text);
}

static void write_machine(struct strbuf *out, const struct html_run *view)
{
	const struct host *host = &view->run->host;
	const char *release =
		view->run->facts.release[0] ? view->run->facts.release : host->release;
	_cleanup_strbuf_ struct strbuf kernel = {0};

	strbuf_printf(&kernel, "%s, %s", release, host->machine);
	strbuf_puts(out, "<dl>\n");
	html_entry(out, "Host",
		   host->nodename[0] && !streq(host->nodename, "(none)") ? host->nodename
									 : "has no name");
	html_entry(out, "Kernel", kernel.text ? kernel.text : "");
	html_entry(out, "IOMMU", iommu_words(host));
	write_built_as(out, view);
	html_entry(out, "Started", view->run->started);
	write_rounds(out, view);
	html_entry(out, "Evidence", view->source ? view->source : "");
	strbuf_puts(out, "</dl>\n");
}

int html_run_write(struct strbuf *out, struct html_run *view)
{
	_cleanup_free_ bool *chosen = calloc(view->run->step_count + 1, sizeof(*chosen));
	int r;

	if (!chosen)
		return -ENOMEM;
	view->chosen = chosen;
	html_choose(view);
	if (!view->alone) {
		_cleanup_strbuf_ struct strbuf name = {0};

		strbuf_printf(&name, "%s, kernel %s", host_result_name(view->run, view->source),
			      view->run->host.release);
		strbuf_puts(out, "<section>\n");
		html_heading(out, &view->place, 0, "run", name.text ? name.text : "");
		view->place.level++;
	}
	write_verdict(out, view);
	write_machine(out, view);
	html_matrix(out, view);
	html_findings(out, view);
	html_doubts(out, view);
	r = html_steps(out, view);
	html_latency(out, view);
	html_untested(out, view);
	html_around(out, view);
	if (!view->alone)
		strbuf_puts(out, "</section>\n");
	view->chosen = NULL;
	return r;
}
