// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/run_text.h"

#include <errno.h>
#include <inttypes.h>

#include "model/counter.h"
#include "render/background_text.h"
#include "render/rounds_text.h"
#include "render/step_text.h"
#include "render/untested_text.h"
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

static int take_skip(struct untested *skip, const struct step_evidence *step,
		     const struct step_result *result)
{
	_cleanup_strbuf_ struct strbuf functions = {0};

	*skip = (struct untested){
		.scenario = step->scenario,
		.method = step->method,
		.reason = result->reason ? result->reason->name : "",
		.text = step->skip_text,
	};
	step_text_functions(&functions, step);
	return strbuf_take(&functions, &skip->functions);
}

static void write_skipped(struct strbuf *out, const struct text_style *style,
			  const struct run_evidence *run, const struct run_result *result)
{
	struct untested *skips = calloc(run->step_count + 1, sizeof(*skips));
	size_t count = 0;
	int r = skips ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < run->step_count; i++)
		if (result->steps[i].verdict == STEP_SKIP)
			r = take_skip(&skips[count++], &run->steps[i], &result->steps[i]);
	if (r < 0)
		out->error = r;
	else
		untested_text_write(out, style, skips, count);
	if (count)
		strbuf_puts(out, "\n");
	untested_free(skips, count);
}

static void write_refused(struct strbuf *out, const struct text_style *style,
			  const struct run_evidence *run)
{
	refused_text_write(out, style, run->refusals, run->refusal_count);
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
		write_skipped(&text, style, run, result);
		write_refused(&text, style, run);
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
