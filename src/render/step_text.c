// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/step_text.h"

#include <inttypes.h>

#include "base/errname.h"
#include "base/escape.h"
#include "model/counter.h"
#include "render/timeline.h"
#include "render/wrap.h"

#define LABEL_INDENT 16
#define LIST_INDENT 9
#define EVIDENCE_MAX 12

void step_text_functions(struct strbuf *out, const struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		strbuf_puts(out, i ? " + " : "");
		escape_printable(out, step->subjects[i].function);
	}
}

static void write_head(struct strbuf *out, const struct text_style *style,
		       const struct step_evidence *step, const struct step_result *result)
{
	static const struct {
		const char *word;
		enum tone tone;
	} words[STEP_VERDICT_COUNT] = {
		[STEP_PASS] = {"PASS", TONE_GOOD},
		[STEP_FAIL] = {"FAIL", TONE_BAD},
		[STEP_SKIP] = {"SKIP", TONE_UNSURE},
		[STEP_INCONCLUSIVE] = {"INCONCLUSIVE", TONE_UNSURE},
	};

	strbuf_printf(out, "%3u. ", step->number);
	style_word(out, style, words[result->verdict].tone, words[result->verdict].word);
	strbuf_puts(out, "  ");
	step_text_functions(out, step);
	strbuf_puts(out, "  ");
	escape_printable(out, step->method);
	strbuf_printf(out, "%s(%s)\n", step->method[0] ? "  " : "", scenario_names[step->scenario]);
}

/* What failed before the reset, so that it was not begun. */
static void add_not_written(struct strbuf *line, const struct subject *subject)
{
	strbuf_puts(line, "not written");
	if (subject->unbind_errno)
		strbuf_printf(line, " (unbind: %s)", errno_name(subject->unbind_errno));
	else if (subject->select_errno)
		strbuf_printf(line, " (reset_method: %s)", errno_name(subject->select_errno));
}

static void add_write_status(struct strbuf *line, const struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		strbuf_puts(line, i ? ", " : "write: ");
		if (!subject->hung && !subject->started)
			add_not_written(line, subject);
		else
			strbuf_puts(line, subject->hung		 ? "did not return"
					  : subject->write_errno ? errno_name(subject->write_errno)
								 : "ok");
	}
}

void step_text_observed(struct strbuf *line, const struct step_evidence *step,
			const struct step_result *result)
{
	add_write_status(line, step);
	if (result->depth_max)
		strbuf_printf(line, "; depth %u", result->depth_max);
	if (result->blocked)
		strbuf_printf(line, "; IOMMU blocked, then %s again",
			      step->scenario != SCENARIO_VFIO && step->subject_count &&
					      step->subjects[0].domain_type[0]
				      ? step->subjects[0].domain_type
				      : "as before");
	if (result->overlapped)
		strbuf_puts(line, "; at the same time");
	if (result->duration_ns)
		strbuf_printf(line, "; %.1f ms", (double)result->duration_ns / 1e6);
}

static void write_observed(struct strbuf *out, const struct step_evidence *step,
			   const struct step_result *result)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	step_text_observed(&line, step, result);
	wrap_buffer(out, LABEL_INDENT, "     Observed", &line);
}

static void write_evidence(struct strbuf *out, const struct finding *finding,
			   const struct text_style *style)
{
	size_t shown = finding->evidence_count;

	if (style->verbosity <= 0 && shown > EVIDENCE_MAX)
		shown = EVIDENCE_MAX;
	if (shown)
		strbuf_puts(out, "     Evidence\n");
	for (size_t i = 0; i < shown; i++)
		wrap_labelled(out, LIST_INDENT, "       - ", finding->evidence[i]);
	if (shown < finding->evidence_count)
		strbuf_printf(out, "       - %zu more (-v shows them)\n",
			      finding->evidence_count - shown);
}

static void write_finding(struct strbuf *out, const struct finding *finding,
			  const struct text_style *style)
{
	const struct slug *slug = finding->slug;

	strbuf_puts(out, "\n     ");
	style_word(out, style, TONE_BAD, slug->name);
	strbuf_puts(out, "\n");
	wrap_labelled(out, LABEL_INDENT, "     Happened", finding->text);
	wrap_labelled(out, LABEL_INDENT, "     Meaning", slug->meaning);
	wrap_labelled(out, LABEL_INDENT, "     Cause", slug->cause);
	if (slug->remedy[0])
		wrap_labelled(out, LABEL_INDENT, "     What to do", slug->remedy);
	write_evidence(out, finding, style);
}

static void write_inconclusive(struct strbuf *out, const struct step_result *result,
			       const struct text_style *style)
{
	const struct slug *slug = result->reason;

	strbuf_puts(out, "\n     ");
	style_word(out, style, TONE_UNSURE, slug->name);
	strbuf_puts(out, "\n");
	wrap_labelled(out, LABEL_INDENT, "     Happened", result->text);
	wrap_labelled(out, LABEL_INDENT, "     Cause", slug->cause);
	if (slug->remedy[0])
		wrap_labelled(out, LABEL_INDENT, "     What to do", slug->remedy);
}

static void write_timeline(struct strbuf *out, const struct text_style *style,
			   const struct step_evidence *step)
{
	const struct trace_state *state = &step->trace_state;
	_cleanup_strbuf_ struct strbuf events = {0};

	timeline_write(&events, step, style->verbosity > 0);
	if (events.error)
		out->error = events.error;
	if (state->source == TRACE_SOURCE_NONE)
		wrap_labelled(out, LABEL_INDENT, "     Trace", *state->why ? state->why : "none");
	else if (!events.text)
		wrap_labelled(out, LABEL_INDENT, "     Trace", "no event of these functions");
	if (state->lost)
		strbuf_printf(out, "     Trace      %" PRIu64 " events were lost\n", state->lost);
	if (!events.text)
		return;
	strbuf_puts(out, "\n");
	wrap_labelled(out, 5, "     ",
		      "What the kernel did (milliseconds since the write to reset)");
	strbuf_puts(out, events.text);
}

static void write_log(struct strbuf *out, const struct step_evidence *step)
{
	if (step->log_count)
		strbuf_puts(out, "\n     Kernel log\n");
	for (size_t i = 0; i < step->log_count; i++) {
		char label[48];

		snprintf(label, sizeof(label), "       <%u> ", step->log[i].level);
		wrap_labelled(out, LIST_INDENT + 2, label, step->log[i].text);
	}
}

void step_text_counters(struct strbuf *line, const struct step_evidence *step, bool all)
{
	for (size_t i = 0; i < step->counter_count; i++) {
		const struct counter *counter = &step->counters[i];
		const char *why = counter_unknown(counter);

		if ((!why && !counter_delta(counter)) ||
		    (!all && counter_is_traffic(counter->name)))
			continue;
		strbuf_puts(line, line->length_bytes ? ", " : "");
		if (why)
			strbuf_printf(line, "%s not known (%s)", counter->name, why);
		else
			strbuf_printf(line, "%s +%" PRIu64, counter->name, counter_delta(counter));
	}
}

static void write_counters(struct strbuf *out, const struct step_evidence *step, bool all)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	step_text_counters(&line, step, all);
	if (line.error)
		out->error = line.error;
	else if (line.length_bytes)
		wrap_buffer(out, LABEL_INDENT, "     Counters", &line);
}

/* Those that must not differ stand in the findings. */
static void write_registers(struct strbuf *out, const struct step_result *result)
{
	for (size_t i = 0; i < result->register_count; i++) {
		const struct register_change *change = &result->registers[i];
		_cleanup_strbuf_ struct strbuf line = {0};
		char text[256];

		if (change->verdict > REGISTER_DRIVERS)
			continue;
		register_change_text(change, text, sizeof(text));
		strbuf_printf(&line, "%s %s (%s)", change->function, text, change->why);
		wrap_buffer(out, LABEL_INDENT, "     Register", &line);
	}
}

void step_text_write(struct strbuf *out, const struct text_style *style,
		     const struct step_evidence *step, const struct step_result *result)
{
	write_head(out, style, step, result);
	write_observed(out, step, result);
	if (result->verdict == STEP_INCONCLUSIVE && result->reason)
		write_inconclusive(out, result, style);
	/* A failed step's text is that of its first finding. */
	else if (result->text[0] && !result->finding_count)
		wrap_labelled(out, LABEL_INDENT, "     Verdict", result->text);
	for (size_t i = 0; i < result->note_count; i++)
		wrap_labelled(out, LABEL_INDENT, "     Note", result->notes[i]);
	for (size_t i = 0; i < result->finding_count; i++)
		write_finding(out, &result->findings[i], style);
	write_counters(out, step, style->verbosity > 0);
	write_timeline(out, style, step);
	if (style->verbosity > 0) {
		write_registers(out, result);
		write_log(out, step);
	}
	strbuf_puts(out, "\n");
}
