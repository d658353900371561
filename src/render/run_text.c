// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/run_text.h"

#include <errno.h>

#include "base/escape.h"
#include "render/step_text.h"
#include "render/wrap.h"

static void write_machine(struct strbuf *out, const struct run_evidence *run,
			  const struct run_result *result)
{
	const char *release = run->facts.release[0] ? run->facts.release : run->host.release;
	_cleanup_strbuf_ struct strbuf text = {0};

	strbuf_printf(&text, "%s, kernel %s, %s", run->host.nodename, release, run->host.machine);
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
	for (size_t i = 0; i < run->step_count; i++)
		if (result->steps[i].verdict != STEP_SKIP)
			step_text_write(out, style, &run->steps[i], &result->steps[i]);
}

/* The skipped steps of one reason, below what the reason means. */
static void write_skipped_for(struct strbuf *out, const struct run_evidence *run,
			      const struct run_result *result, const struct slug *reason)
{
	char label[48];

	snprintf(label, sizeof(label), "  %s", reason->name);
	wrap_labelled(out, 22, label, reason->meaning);
	for (size_t i = 0; i < run->step_count; i++) {
		const struct step_evidence *step = &run->steps[i];
		_cleanup_strbuf_ struct strbuf text = {0};

		if (result->steps[i].verdict != STEP_SKIP || result->steps[i].reason != reason)
			continue;
		step_text_functions(&text, step);
		if (step->method[0])
			strbuf_printf(&text, " %s", step->method);
		if (step->skip_text[0])
			strbuf_printf(&text, ": %s", step->skip_text);
		wrap_buffer(out, 6, "    ", &text);
	}
	if (reason->remedy[0])
		wrap_labelled(out, 16, "    What to do", reason->remedy);
}

static void write_skipped(struct strbuf *out, const struct run_evidence *run,
			  const struct run_result *result)
{
	const struct slug *slug;
	bool headed = false;

	for (size_t at = 0; (slug = slug_at(at)); at++) {
		for (size_t i = 0; i < run->step_count; i++) {
			if (result->steps[i].verdict != STEP_SKIP ||
			    result->steps[i].reason != slug)
				continue;
			if (!headed)
				strbuf_puts(out, "Not tested\n");
			headed = true;
			write_skipped_for(out, run, result, slug);
			break;
		}
	}
	if (headed)
		strbuf_puts(out, "\n");
}

static void write_refused(struct strbuf *out, const struct run_evidence *run)
{
	if (run->refusal_count)
		strbuf_puts(out, "Refused, and left alone\n");
	for (size_t i = 0; i < run->refusal_count; i++) {
		const struct refusal *refusal = &run->refusals[i];
		_cleanup_strbuf_ struct strbuf text = {0};
		char label[BDF_MAX + 2];

		snprintf(label, sizeof(label), "  %s", refusal->function);
		strbuf_printf(&text, "%s: %s.", refusal->reason, refusal->text);
		if (refusal->override[0])
			strbuf_printf(&text, " %s", refusal->override);
		wrap_buffer(out, 16, label, &text);
	}
	if (run->refusal_count)
		strbuf_puts(out, "\n");
}

static void write_verdict(struct strbuf *out, const struct text_style *style,
			  const struct run_evidence *run, const struct run_result *result)
{
	static const enum tone tones[RUN_VERDICT_COUNT] = {
		[RUN_FIXED] = TONE_GOOD,	  [RUN_NOT_AFFECTED] = TONE_GOOD,
		[RUN_VULNERABLE] = TONE_BAD,	  [RUN_BROKEN] = TONE_BAD,
		[RUN_INCONCLUSIVE] = TONE_UNSURE, [RUN_SKIPPED] = TONE_UNSURE,
	};
	unsigned int counts[STEP_VERDICT_COUNT] = {0};

	for (size_t i = 0; i < result->step_count; i++)
		counts[result->steps[i].verdict]++;
	strbuf_puts(out, "Verdict: ");
	style_word(out, style, tones[result->verdict], run_verdict_names[result->verdict]);
	strbuf_printf(out, " (%u passed, %u failed, %u inconclusive, %u skipped, %zu refused)\n",
		      counts[STEP_PASS], counts[STEP_FAIL], counts[STEP_INCONCLUSIVE],
		      counts[STEP_SKIP], run->refusal_count);
	if (result->summary[0])
		wrap_labelled(out, 2, "", result->summary);
	if (run->signal)
		strbuf_printf(out, "  Ended early by signal %d (%s): the results are partial.\n",
			      run->signal, strsignal(run->signal));
	if (result->contradiction)
		wrap_labelled(
			out, 2, "",
			"What the kernel was built with and what it did contradict each other: "
			"see static-contradiction.");
}

int run_text_write(FILE *out, const struct run_evidence *run, const struct run_result *result,
		   int verbosity)
{
	const char *no_colour = getenv("NO_COLOR");
	struct text_style style = {
		.verbosity = verbosity,
		.colour = (!no_colour || !*no_colour) && isatty(fileno(out)),
	};
	_cleanup_strbuf_ struct strbuf text = {0};

	if (verbosity >= 0) {
		write_machine(&text, run, result);
		write_steps(&text, &style, run, result);
		write_skipped(&text, run, result);
		write_refused(&text, run);
		for (size_t i = 0; i < run->warning_count; i++)
			wrap_labelled(&text, 9, "Warning:", run->warnings[i]);
		if (run->warning_count)
			strbuf_puts(&text, "\n");
	}
	write_verdict(&text, &style, run, result);
	if (text.error)
		return text.error;
	return fwrite(text.text, 1, text.length_bytes, out) == text.length_bytes ? 0 : -errno;
}
