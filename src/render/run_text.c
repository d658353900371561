// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/run_text.h"

#include <inttypes.h>

#include "base/escape.h"
#include "model/counter.h"
#include "render/background_text.h"
#include "render/rounds_text.h"
#include "render/step_text.h"
#include "render/wrap.h"

static void write_machine(struct strbuf *out, const struct run_evidence *run,
			  const struct run_result *result)
{
	const char *release = run->facts.release[0] ? run->facts.release : run->host.release;
	_cleanup_strbuf_ struct strbuf text = {0};

	/* The kernel's word for a name that nobody has set. */
	if (run->host.nodename[0] && !streq(run->host.nodename, "(none)"))
		strbuf_printf(&text, "%s, ", run->host.nodename);
	strbuf_printf(&text, "kernel %s, %s", release, run->host.machine);
	wrap_buffer(out, 10, "Machine", &text);
	wrap_labelled(out, 10, "IOMMU",
		      run->host.iommu_names[0]	   ? run->host.iommu_names
		      : run->host.iommu == TRI_YES ? "on"
		      : run->host.iommu == TRI_NO  ? "none, or switched off"
						   : "not known");
	strbuf_reset(&text);
	strbuf_printf(&text, "%s: %s", static_verdict_name(result->static_verdict),
		      result->static_reason ? result->static_reason : "");
	wrap_buffer(out, 10, "Built as", &text);
	if (run->facts.note[0])
		wrap_labelled(out, 10, "", run->facts.note);
	strbuf_puts(out, "\n");
}

static void write_steps(struct strbuf *out, const struct text_style *style,
			const struct run_evidence *run, const struct run_result *result)
{
	bool any = false;

	for (size_t i = 0; i < run->step_count; i++) {
		if (result->steps[i].verdict == STEP_SKIP)
			continue;
		if (result->totals.rounds > 1 && !any)
			strbuf_puts(out, "The first steps that did not pass\n\n");
		any = true;
		step_text_write(out, style, &run->steps[i], &result->steps[i]);
	}
}

static bool is_skip_for(const struct run_evidence *run, const struct run_result *result,
			size_t index, const struct slug *reason, const char *text)
{
	return result->steps[index].verdict == STEP_SKIP && result->steps[index].reason == reason &&
	       (!text || streq(run->steps[index].skip_text, text));
}

/* "FUNCTION METHOD, FUNCTION: text" for the skips from @first on that share a reason and text. */
static void write_skips_like(struct strbuf *out, const struct run_evidence *run,
			     const struct run_result *result, size_t first)
{
	const char *text = run->steps[first].skip_text;
	_cleanup_strbuf_ struct strbuf line = {0};

	for (size_t i = first; i < run->step_count; i++) {
		if (!is_skip_for(run, result, i, result->steps[first].reason, text))
			continue;
		strbuf_puts(&line, i == first ? "" : ", ");
		step_text_functions(&line, &run->steps[i]);
		if (run->steps[i].method[0])
			strbuf_printf(&line, " %s", run->steps[i].method);
	}
	if (text[0])
		strbuf_printf(&line, ": %s", text);
	wrap_buffer(out, 6, "    ", &line);
}

static bool is_first_skip(const struct run_evidence *run, const struct run_result *result,
			  size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_skip_for(run, result, i, result->steps[index].reason,
				run->steps[index].skip_text))
			return false;
	return true;
}

/* The skips of one reason, if there are any, below what it means and what to do. */
static size_t write_skips_for(struct strbuf *out, const struct run_evidence *run,
			      const struct run_result *result, const struct slug *reason)
{
	_cleanup_strbuf_ struct strbuf head = {0};
	size_t count = 0;

	for (size_t i = 0; i < run->step_count; i++) {
		if (!is_skip_for(run, result, i, reason, NULL))
			continue;
		if (count++ == 0) {
			strbuf_printf(&head, "%s: %s %s", reason->name, reason->meaning,
				      reason->remedy);
			wrap_buffer(out, 4, "  ", &head);
		}
		if (is_first_skip(run, result, i))
			write_skips_like(out, run, result, i);
	}
	return count;
}

static void write_skipped(struct strbuf *out, const struct run_evidence *run,
			  const struct run_result *result)
{
	_cleanup_strbuf_ struct strbuf text = {.wrap_columns = out->wrap_columns};
	const struct slug *slug;
	size_t count = 0;

	for (size_t i = 0; (slug = slug_at(i)); i++)
		count += write_skips_for(&text, run, result, slug);
	if (text.error)
		out->error = text.error;
	else if (count)
		strbuf_printf(out, "Not tested\n%s\n", text.text);
}

static bool same_refusal(const struct refusal *a, const struct refusal *b)
{
	return streq(a->reason, b->reason) && streq(a->text, b->text) &&
	       streq(a->override, b->override);
}

/* The reason of one refusal and all functions from it on that it holds for. */
static void write_refusals_like(struct strbuf *out, const struct run_evidence *run, size_t first)
{
	const struct refusal *refusal = &run->refusals[first];
	_cleanup_strbuf_ struct strbuf head = {0};
	_cleanup_strbuf_ struct strbuf line = {0};

	strbuf_printf(&head, "%s: %s. %s", refusal->reason, refusal->text, refusal->override);
	wrap_buffer(out, 4, "  ", &head);
	for (size_t i = first; i < run->refusal_count; i++)
		if (same_refusal(&run->refusals[i], refusal))
			strbuf_printf(&line, "%s%s", i == first ? "" : ", ",
				      run->refusals[i].function);
	wrap_buffer(out, 6, "    ", &line);
}

static bool is_first_refusal(const struct run_evidence *run, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (same_refusal(&run->refusals[i], &run->refusals[index]))
			return false;
	return true;
}

static void write_refused(struct strbuf *out, const struct run_evidence *run)
{
	if (run->refusal_count)
		strbuf_puts(out, "Refused, and left alone\n");
	for (size_t i = 0; i < run->refusal_count; i++)
		if (is_first_refusal(run, i))
			write_refusals_like(out, run, i);
	if (run->refusal_count)
		strbuf_puts(out, "\n");
}

/* " (1 passed, 2 skipped)", without what there is none of. */
static void write_counts(struct strbuf *out, const struct run_evidence *run,
			 const struct run_result *result)
{
	static const char *const words[] = {
		[STEP_PASS] = "passed",
		[STEP_FAIL] = "failed",
		[STEP_SKIP] = "skipped",
		[STEP_INCONCLUSIVE] = "inconclusive",
	};
	const uint64_t *counts = result->totals.counts;
	const char *before = " (";

	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++) {
		if (counts[i] == 0)
			continue;
		strbuf_printf(out, "%s%" PRIu64 " %s", before, counts[i], words[i]);
		before = ", ";
	}
	if (run->refusal_count) {
		strbuf_printf(out, "%s%zu refused", before, run->refusal_count);
		before = ", ";
	}
	strbuf_puts(out, streq(before, ", ") ? ")\n" : "\n");
}

static void write_verdict(struct strbuf *out, const struct text_style *style,
			  const struct run_evidence *run, const struct run_result *result)
{
	static const enum tone tones[RUN_VERDICT_COUNT] = {
		[RUN_FIXED] = TONE_GOOD,	  [RUN_NOT_AFFECTED] = TONE_GOOD,
		[RUN_VULNERABLE] = TONE_BAD,	  [RUN_BROKEN] = TONE_BAD,
		[RUN_INCONCLUSIVE] = TONE_UNSURE, [RUN_SKIPPED] = TONE_UNSURE,
	};

	strbuf_puts(out, "Verdict: ");
	style_word(out, style, tones[result->verdict], run_verdict_names[result->verdict]);
	write_counts(out, run, result);
	if (result->summary[0])
		wrap_labelled(out, 2, "", result->summary);
	if (run->cut)
		wrap_labelled(out, 2, "", "The evidence has no end: its writer was killed.");
	if (run->signal)
		strbuf_printf(out, "  Ended early by signal %d (%s): the results are partial.\n",
			      run->signal, strsignal(run->signal));
	if (result->contradiction)
		wrap_labelled(
			out, 2, "",
			"What the kernel was built with and what it did contradict each other: "
			"see static-contradiction.");
}

/* What rose over the run; of a single step, the step says it. */
static void write_totals(struct strbuf *out, const struct totals *totals)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	for (size_t i = 0; i < totals->counter_count; i++) {
		const struct counter_sum *sum = &totals->counters[i];

		if (counter_is_traffic(sum->name) || (!sum->delta && !sum->why[0]))
			continue;
		strbuf_printf(&line, "%s%s %s+%" PRIu64, line.length_bytes ? ", " : "", sum->name,
			      sum->why[0] ? "at least " : "", sum->delta);
	}
	wrap_buffer(out, 10, "Counters", &line);
	if (line.length_bytes)
		strbuf_puts(out, "\n");
}

int run_text_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		   const struct text_style *style)
{
	_cleanup_strbuf_ struct strbuf text = {.wrap_columns = style->wrap_columns};

	if (style->verbosity >= 0) {
		write_machine(&text, run, result);
		if (result->totals.rounds > 1)
			rounds_text_write(&text, &result->totals);
		write_steps(&text, style, run, result);
		background_text_write(&text, result->background, result->background_count);
		write_skipped(&text, run, result);
		write_refused(&text, run);
		for (size_t i = 0; i < run->warning_count; i++)
			wrap_labelled(&text, 9, "Warning:", run->warnings[i]);
		if (run->warning_count)
			strbuf_puts(&text, "\n");
		if (totals_steps(&result->totals) > 1)
			write_totals(&text, &result->totals);
	}
	write_verdict(&text, style, run, result);
	return strbuf_write(&text, out);
}
