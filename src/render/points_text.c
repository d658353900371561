// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "base/escape.h"
#include "render/points.h"

void point_word(struct strbuf *out, const char *text)
{
	static const char special[] = " \\#+\"',;=&<>";
	char one[2] = {0};
	_cleanup_strbuf_ struct strbuf words = {0};

	/* The backslash first: what escape_printable() makes must not be what a name can hold. */
	for (; *text; text++) {
		one[0] = *text;
		if (strchr(special, *text))
			strbuf_printf(&words, "\\x%02x", (unsigned char)*text);
		else
			strbuf_puts(&words, one);
	}
	if (words.error)
		out->error = words.error;
	else if (words.text)
		escape_printable(out, words.text);
}

void point_functions(struct strbuf *out, const struct point *point)
{
	for (size_t i = 0; i < point->series->function_count; i++) {
		strbuf_puts(out, i ? "+" : "");
		point_word(out, point->series->functions[i]);
	}
}

void point_subject(struct strbuf *out, const struct point *point)
{
	point_functions(out, point);
	if (point->series->method[0]) {
		strbuf_puts(out, " ");
		point_word(out, point->series->method);
	}
}

void points_notes(struct strbuf *out, const struct run_evidence *run)
{
	for (size_t i = 0; i < run->refusal_count; i++) {
		strbuf_puts(out, "refused: ");
		escape_printable(out, run->refusals[i].function);
		strbuf_puts(out, ": ");
		escape_printable(out, run->refusals[i].reason);
		strbuf_puts(out, ": ");
		escape_printable(out, run->refusals[i].text);
		strbuf_puts(out, "\n");
	}
	for (size_t i = 0; i < run->warning_count; i++) {
		strbuf_puts(out, "warning: ");
		escape_printable(out, run->warnings[i]);
		strbuf_puts(out, "\n");
	}
}

static void add_reason(struct strbuf *out, const struct step_result *result)
{
	if (result->reason)
		strbuf_printf(out, "%s%s", result->reason->name, result->text[0] ? ": " : "");
	escape_printable(out, result->text);
}

void point_reason(struct strbuf *out, const struct points *points, const struct point *point)
{
	if (point->steps > 1 && point->verdict != STEP_SKIP)
		strbuf_printf(out, "%" PRIu64 " of %" PRIu64 " steps; ",
			      point->series->counts[point->verdict], point->steps);
	if (point->verdict == STEP_INCONCLUSIVE)
		strbuf_puts(out, "inconclusive: ");
	if (point->lead != NO_STEP)
		add_reason(out, &points->result->steps[point->lead]);
	else
		strbuf_puts(out, point->verdict == STEP_PASS
					 ? "passed"
					 : "see the steps of other functions, which were kept");
}

static void describe_counts(struct strbuf *out, const struct point *point)
{
	const char *before = ": ";

	strbuf_printf(out, "%" PRIu64 " steps", point->steps);
	for (size_t i = 0; i < STEP_VERDICT_COUNT; i++) {
		if (!point->series->counts[i])
			continue;
		strbuf_printf(out, "%s%" PRIu64 " %s", before, point->series->counts[i],
			      step_verdict_names[i]);
		before = ", ";
	}
	strbuf_puts(out, "\n");
}

static void describe_latency(struct strbuf *out, const struct latency *latency)
{
	if (latency->count == 1)
		strbuf_printf(out, "reset took %.3f ms\n", (double)latency->min_ns / 1e6);
	else if (latency->count)
		strbuf_printf(out,
			      "%" PRIu64 " resets took %.3f ms at least, %.3f median, %.3f p99, "
			      "%.3f at most\n",
			      latency->count, (double)latency->min_ns / 1e6,
			      (double)latency_quantile_ns(latency, 500) / 1e6,
			      (double)latency_quantile_ns(latency, 990) / 1e6,
			      (double)latency->max_ns / 1e6);
}

static void describe_finding(struct strbuf *out, const struct finding *finding)
{
	strbuf_printf(out, "%s: ", finding->slug->name);
	escape_printable(out, finding->text);
	strbuf_puts(out, "\n");
	for (size_t i = 0; i < finding->evidence_count; i++) {
		strbuf_puts(out, "  ");
		escape_printable(out, finding->evidence[i]);
		strbuf_puts(out, "\n");
	}
}

static void describe_subjects(struct strbuf *out, const struct step_evidence *step,
			      const struct step_result *result)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject_result *subject = &result->subjects[i];

		escape_printable(out, step->subjects[i].function);
		strbuf_printf(out, ": %s%s%s\n", step_verdict_names[subject->verdict],
			      subject->reason ? ", " : "",
			      subject->reason ? subject->reason->name : "");
	}
}

static void describe_step(struct strbuf *out, const struct step_evidence *step,
			  const struct step_result *result)
{
	strbuf_printf(out, "step %u", step->number);
	if (step->round > 1)
		strbuf_printf(out, " in round %u", step->round);
	strbuf_printf(out, ": %s", step_verdict_names[result->verdict]);
	/* The findings say it with more. */
	if (result->finding_count == 0) {
		strbuf_puts(out, ", ");
		add_reason(out, result);
	}
	strbuf_puts(out, "\n");
	if (step->subject_count > 1 && !step->skip_reason[0])
		describe_subjects(out, step, result);
	for (size_t i = 0; i < result->finding_count; i++)
		describe_finding(out, &result->findings[i]);
	for (size_t i = 0; i < result->note_count; i++) {
		strbuf_puts(out, "note: ");
		escape_printable(out, result->notes[i]);
		strbuf_puts(out, "\n");
	}
}

void point_describe(struct strbuf *out, const struct points *points, const struct point *point)
{
	uint64_t kept = 0;

	if (point->steps > 1)
		describe_counts(out, point);
	describe_latency(out, &point->series->latency);
	for (size_t i = point->first; i != NO_STEP; i = points->next[i], kept++)
		describe_step(out, &points->run->steps[i], &points->result->steps[i]);
	if (kept < point->steps)
		strbuf_printf(out,
			      "%" PRIu64 " steps are counted here and not told of one by one\n",
			      point->steps - kept);
}
