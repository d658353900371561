// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/progress_text.h"

#include <inttypes.h>

#include "base/escape.h"
#include "base/timespan.h"
#include "render/step_text.h"
#include "render/wrap.h"

#define BAR_COLUMNS 10
#define SECOND_NS ((uint64_t)1000000000)

/* What a line may show, from left to right. */
enum part {
	PART_SHARE,
	PART_POSITION,
	PART_FAILED,
	PART_FAULTS,
	PART_PASSED,
	PART_UNSURE,
	PART_LEFT,
	PART_STEP,
	PART_COUNT,
};

/* All is ASCII or escaped names of the kernel: a byte is a column. "" is nothing. */
struct line {
	struct {
		char text[160];
		enum tone tone;
	} parts[PART_COUNT];
};

static void fill(struct line *line, enum part part, enum tone tone, const char *text)
{
	snprintf(line->parts[part].text, sizeof(line->parts[part].text), "%s", text);
	line->parts[part].tone = tone;
}

static unsigned int width(const struct line *line, enum part part)
{
	return (unsigned int)strlen(line->parts[part].text);
}

/* With two blanks between the parts. */
static unsigned int line_width(const struct line *line)
{
	unsigned int columns = 0;

	for (unsigned int i = 0; i < PART_COUNT; i++)
		if (width(line, i))
			columns += width(line, i) + (columns ? 2 : 0);
	return columns;
}

/* What matters most has its place first; of the rest, what there is room for. */
static void fit(struct line *line, unsigned int columns, bool any_faults)
{
	const enum part most_first[] = {
		PART_FAILED, PART_SHARE,  any_faults ? PART_FAULTS : PART_STEP,
		PART_STEP,   PART_LEFT,	  PART_POSITION,
		PART_FAULTS, PART_UNSURE, PART_PASSED,
	};
	struct line fitting = {0};

	for (size_t i = 0; i < ARRAY_SIZE(most_first); i++) {
		enum part part = most_first[i];

		fitting.parts[part] = line->parts[part];
		if (line_width(&fitting) > columns)
			fitting.parts[part].text[0] = '\0';
	}
	*line = fitting;
}

static void write_line(struct strbuf *out, const struct text_style *style, const struct line *line)
{
	bool any = false;

	for (unsigned int i = 0; i < PART_COUNT; i++) {
		if (!width(line, i))
			continue;
		strbuf_puts(out, any ? "  " : "");
		style_word(out, style, line->parts[i].tone, line->parts[i].text);
		any = true;
	}
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

	return begun + progress->step - (view->under_way && progress->step ? 1 : 0);
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

static void write_bar(struct strbuf *out, const struct text_style *style, int percent)
{
	int full = percent * BAR_COLUMNS / 100;

	for (int i = 0; i < BAR_COLUMNS; i++)
		if (style->ascii)
			strbuf_puts(out, i < full ? "#" : ".");
		else
			strbuf_puts(out, i < full ? "\xe2\x96\x88" : "\xe2\x96\x91");
	strbuf_puts(out, "  ");
}

/* "round 2 of 4, step 6 of 10", or "round 2/4, 6/10". */
static void fill_position(struct line *line, const struct run_progress *progress, bool brief)
{
	const char *of = brief ? "/" : " of ", *step = brief ? "" : "step ";
	char text[96], rounds[48] = "";

	if (progress->round == 0) {
		fill(line, PART_POSITION, TONE_PLAIN, "preparing");
		return;
	}
	if (progress->rounds > 1)
		snprintf(rounds, sizeof(rounds), "round %u%s%u, ", progress->round, of,
			 progress->rounds);
	else if (progress->rounds == 0)
		snprintf(rounds, sizeof(rounds), "round %u, ", progress->round);
	else
		step = "step ";
	snprintf(text, sizeof(text), "%s%s%u%s%u", rounds, step, progress->step, of,
		 progress->steps);
	fill(line, PART_POSITION, TONE_PLAIN, text);
}

static uint64_t count(const struct progress_view *view, enum step_verdict verdict)
{
	return view->progress->totals ? view->progress->totals->counts[verdict] : 0;
}

static void fill_count(struct line *line, enum part part, enum tone tone, uint64_t number,
		       const char *word)
{
	char text[48];

	snprintf(text, sizeof(text), "%" PRIu64 " %s", number, word);
	fill(line, part, tone, text);
}

static void fill_counts(struct line *line, const struct progress_view *view)
{
	uint64_t failed = count(view, STEP_FAIL), unsure = count(view, STEP_INCONCLUSIVE);

	fill_count(line, PART_FAILED, failed ? TONE_BAD : TONE_PLAIN, failed, "failed");
	fill_count(line, PART_FAULTS, view->fault_count ? TONE_BAD : TONE_PLAIN, view->fault_count,
		   view->fault_count == 1 ? "fault" : "faults");
	fill_count(line, PART_PASSED, TONE_PLAIN, count(view, STEP_PASS), "passed");
	if (unsure)
		fill_count(line, PART_UNSURE, TONE_UNSURE, unsure, "inconclusive");
}

static void fill_time_left(struct line *line, const struct progress_view *view)
{
	char span[TIMESPAN_TEXT_MAX], text[TIMESPAN_TEXT_MAX + 8];
	uint64_t left = left_ns(view);

	if (left == UINT64_MAX || share(view) == 100)
		return;
	timespan_text(left, span);
	snprintf(text, sizeof(text), "%s left", left < 1000000000 ? "<1 s" : span);
	fill(line, PART_LEFT, TONE_PLAIN, text);
}

static void fill_step(struct line *line, const struct progress_view *view, bool brief)
{
	char text[160], span[32] = "";

	if (!view->step[0])
		return;
	/* A reset is usually over before anybody reads how long it has been going on. */
	if (view->under_way && view->step_ns >= 2 * SECOND_NS)
		snprintf(span, sizeof(span), ", %" PRIu64 " s", view->step_ns / SECOND_NS);
	if (brief)
		snprintf(text, sizeof(text), "%.100s%s", view->step, span);
	else
		snprintf(text, sizeof(text), "%.100s (%s)%s", view->step, view->scenario, span);
	fill(line, PART_STEP, TONE_PLAIN, text);
}

void progress_text_step(struct strbuf *out, const struct step_heading *step)
{
	escape_printable(out, step->method);
	for (size_t i = 0; i < step->function_count && i < 2; i++) {
		if (i == 1 && step->function_count > 2) {
			strbuf_printf(out, " and %zu more", step->function_count - 1);
			break;
		}
		strbuf_puts(out, i ? " + " : step->method[0] ? " " : "");
		escape_printable(out, step->functions[i]);
	}
}

void progress_text_line(struct strbuf *out, const struct text_style *style,
			const struct progress_view *view, unsigned int columns)
{
	struct line line = {0};
	int percent = share(view);

	if (percent >= 0)
		snprintf(line.parts[PART_SHARE].text, sizeof(line.parts[PART_SHARE].text), "%3d %%",
			 percent);
	fill_position(&line, view->progress, false);
	fill_counts(&line, view);
	fill_time_left(&line, view);
	fill_step(&line, view, false);
	if (line_width(&line) > columns) {
		fill_position(&line, view->progress, true);
		fill_step(&line, view, true);
	}
	if (percent >= 0 && line_width(&line) + BAR_COLUMNS + 2 <= columns)
		write_bar(out, style, percent);
	fit(&line, columns, view->fault_count > 0);
	if (!view->under_way)
		line.parts[PART_STEP].text[0] = '\0';
	write_line(out, style, &line);
}

void progress_text_report(struct strbuf *out, const struct progress_view *view)
{
	const struct text_style plain = {.ascii = true};
	struct line line = {0};
	char text[TIMESPAN_TEXT_MAX];

	timespan_text(elapsed_ns(view), text);
	strbuf_printf(out, "after %s:  ", text);
	fill_position(&line, view->progress, false);
	fill_counts(&line, view);
	fill_time_left(&line, view);
	write_line(out, &plain, &line);
	strbuf_puts(out, "\n");
}

void progress_text_failure(struct strbuf *out, const struct text_style *style,
			   const struct step_evidence *step, const struct step_result *result)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	step_text_functions(&line, step);
	strbuf_printf(&line, " %s (%s) %s", step->method, scenario_names[step->scenario],
		      result->reason ? result->reason->name : "");
	if (result->finding_count > 0)
		strbuf_printf(&line, ": %s", result->findings[0].text);
	out->wrap_columns = style->wrap_columns;
	if (line.error)
		out->error = line.error;
	else
		wrap_toned(out, style, TONE_BAD, 6, "FAIL  ", line.text);
}
