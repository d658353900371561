// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/progress_text.h"

#include <inttypes.h>

#include "base/escape.h"
#include "base/timespan.h"
#include "render/step_text.h"

#define BAR_COLUMNS 16
#define SECOND_NS ((uint64_t)1000000000)

/* Parts of a line, put in as long as there is room. */
struct line {
	struct strbuf *out;
	const struct text_style *style;
	unsigned int columns; /* left */
	bool any;
};

/* All parts are ASCII or escaped names of the kernel: a byte is a column. */
static void add(struct line *line, enum tone tone, const char *text)
{
	unsigned int wanted = (unsigned int)strlen(text) + (line->any ? 2 : 0);

	if (!text[0] || wanted > line->columns)
		return;
	strbuf_puts(line->out, line->any ? "  " : "");
	style_word(line->out, line->style, tone, text);
	line->columns -= wanted;
	line->any = true;
}

static uint64_t elapsed_ns(const struct progress_view *view)
{
	const struct run_progress *progress = view->progress;

	return progress->begin_ns && view->now_ns > progress->begin_ns
		       ? view->now_ns - progress->begin_ns
		       : 0;
}

/* Steps of all rounds; 0: nobody knows how many there will be. */
static uint64_t steps_wanted(const struct run_progress *progress)
{
	return progress->planned ? (uint64_t)progress->steps * progress->rounds : 0;
}

static uint64_t steps_done(const struct progress_view *view)
{
	const struct run_progress *progress = view->progress;
	uint64_t begun = progress->round ? (uint64_t)(progress->round - 1) * progress->steps : 0;

	return begun + progress->step - (view->step[0] && progress->step ? 1 : 0);
}

/* From how long the steps took so far. UINT64_MAX: not known. */
static uint64_t left_by_steps_ns(const struct progress_view *view)
{
	uint64_t wanted = steps_wanted(view->progress), done = steps_done(view);

	if (!wanted || !done || done > wanted)
		return UINT64_MAX;
	return (uint64_t)((double)elapsed_ns(view) / (double)done * (double)(wanted - done));
}

static uint64_t left_by_time_ns(const struct progress_view *view)
{
	uint64_t deadline_ns = view->progress->deadline_ns;

	if (!view->progress->begin_ns || deadline_ns == UINT64_MAX)
		return UINT64_MAX;
	return deadline_ns > view->now_ns ? deadline_ns - view->now_ns : 0;
}

static uint64_t left_ns(const struct progress_view *view)
{
	uint64_t by_steps_ns = left_by_steps_ns(view), by_time_ns = left_by_time_ns(view);

	return by_steps_ns < by_time_ns ? by_steps_ns : by_time_ns;
}

/* Of 100. Below 0: not known. */
static int share(const struct progress_view *view)
{
	uint64_t wanted = steps_wanted(view->progress);
	double by_steps = wanted ? (double)steps_done(view) / (double)wanted : -1;
	double by_time = view->progress->duration_ns
				 ? (double)elapsed_ns(view) / (double)view->progress->duration_ns
				 : -1;
	double most = by_steps > by_time ? by_steps : by_time;

	return most > 1 ? 100 : (int)(most * 100);
}

static void add_bar(struct line *line, int percent)
{
	struct strbuf *out = line->out;
	int full = percent * BAR_COLUMNS / 100;

	if (line->columns < 100)
		return;
	for (int i = 0; i < BAR_COLUMNS; i++)
		if (line->style->ascii)
			strbuf_puts(out, i < full ? "#" : ".");
		else
			strbuf_puts(out, i < full ? "\xe2\x96\x88" : "\xe2\x96\x91");
	line->columns -= BAR_COLUMNS;
	line->any = true;
}

static void position(char *text, size_t size_bytes, const struct run_progress *progress)
{
	char rounds[48] = "";

	if (progress->rounds > 1)
		snprintf(rounds, sizeof(rounds), "round %u of %u, ", progress->round,
			 progress->rounds);
	else if (progress->rounds == 0)
		snprintf(rounds, sizeof(rounds), "round %u, ", progress->round);
	snprintf(text, size_bytes, "%sstep %u of %u", rounds, progress->step, progress->steps);
}

static uint64_t count(const struct progress_view *view, enum step_verdict verdict)
{
	return view->progress->totals ? view->progress->totals->counts[verdict] : 0;
}

static void add_count(struct line *line, enum tone tone, uint64_t number, const char *word)
{
	char text[48];

	snprintf(text, sizeof(text), "%" PRIu64 " %s", number, word);
	add(line, tone, text);
}

static void add_counts(struct line *line, const struct progress_view *view)
{
	uint64_t failed = count(view, STEP_FAIL), unsure = count(view, STEP_INCONCLUSIVE);

	add_count(line, failed ? TONE_BAD : TONE_PLAIN, failed, "failed");
	add_count(line, view->fault_count ? TONE_BAD : TONE_PLAIN, view->fault_count,
		  view->fault_count == 1 ? "fault" : "faults");
	add_count(line, TONE_PLAIN, count(view, STEP_PASS), "passed");
	if (unsure)
		add_count(line, TONE_UNSURE, unsure, "inconclusive");
}

static void add_time_left(struct line *line, const struct progress_view *view)
{
	char span[TIMESPAN_TEXT_MAX], text[TIMESPAN_TEXT_MAX + 8];
	uint64_t left = left_ns(view);

	if (left == UINT64_MAX)
		return;
	timespan_text(left, span);
	snprintf(text, sizeof(text), "%s left", span);
	add(line, TONE_PLAIN, text);
}

static void add_step(struct line *line, const struct progress_view *view)
{
	char text[300];

	if (!view->step[0])
		return;
	/* A reset is usually over before anybody reads how long it has been going on. */
	if (view->step_ns < 2 * SECOND_NS)
		snprintf(text, sizeof(text), "%s", view->step);
	else
		snprintf(text, sizeof(text), "%s, %" PRIu64 " s", view->step,
			 view->step_ns / SECOND_NS);
	add(line, TONE_PLAIN, text);
}

void progress_text_step(struct strbuf *out, const struct step_heading *step)
{
	escape_printable(out, step->method);
	for (size_t i = 0; i < step->function_count; i++) {
		strbuf_puts(out, i || !step->method[0] ? "" : " ");
		strbuf_puts(out, i ? " + " : "");
		escape_printable(out, step->functions[i]);
	}
	strbuf_printf(out, " (%s)", scenario_names[step->scenario]);
}

void progress_text_line(struct strbuf *out, const struct text_style *style,
			const struct progress_view *view, unsigned int columns)
{
	struct line line = {.out = out, .style = style, .columns = columns};
	int percent = share(view);
	char text[96];

	if (percent >= 0) {
		add_bar(&line, percent);
		snprintf(text, sizeof(text), "%3d %%", percent);
		add(&line, TONE_PLAIN, text);
	}
	position(text, sizeof(text), view->progress);
	add(&line, TONE_PLAIN, text);
	add_counts(&line, view);
	add_time_left(&line, view);
	add_step(&line, view);
}

void progress_text_report(struct strbuf *out, const struct progress_view *view)
{
	const struct text_style plain = {.ascii = true};
	struct line line = {.out = out, .style = &plain, .columns = UINT32_MAX, .any = true};
	char text[96];

	timespan_text(elapsed_ns(view), text);
	strbuf_printf(out, "after %s:", text);
	position(text, sizeof(text), view->progress);
	add(&line, TONE_PLAIN, text);
	add_counts(&line, view);
	add_time_left(&line, view);
	strbuf_puts(out, "\n");
}

void progress_text_failure(struct strbuf *out, const struct text_style *style,
			   const struct step_evidence *step, const struct step_result *result)
{
	style_word(out, style, TONE_BAD, "FAIL");
	strbuf_puts(out, "  ");
	step_text_functions(out, step);
	strbuf_puts(out, "  ");
	escape_printable(out, step->method);
	strbuf_printf(out, " (%s)  %s", scenario_names[step->scenario],
		      result->reason ? result->reason->name : "");
	if (result->finding_count > 0) {
		strbuf_puts(out, ": ");
		escape_printable(out, result->findings[0].text);
	}
	strbuf_puts(out, "\n");
}
