// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/live.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/monotonic.h"
#include "base/timespan.h"
#include "cli/appearance.h"
#include "cli/outlet.h"
#include "cli/signals.h"
#include "judge/irq.h"
#include "render/progress_text.h"
#include "render/rounds_text.h"

#define DRAW_NS 200000000ULL
#define LINE_NS (60 * 1000000000ULL)
#define SUMMARY_NS (3600 * 1000000000ULL)
#define COLUMNS_USUAL 80
#define FAILURES_MAX 20 /* told one by one; all are counted */
#define CLEAR "\r\033[K"

struct live {
	struct live_options options;
	bool drawn;
	struct outlet outlet;
	bool under_way;		  /* a step is */
	struct strbuf step;	  /* it, or the last one */
	const char *scenario;	  /* its */
	char *told[FAILURES_MAX]; /* failures; NULL: memory was short */
	unsigned int told_count;
	bool told_of_end;
	uint64_t step_begin_ns, draw_ns, line_ns,
		summary_ns; /* the last three: when it is time again */
};

/* Nobody is waited for: what is dropped is told again, or was told in the answer's own way. */
static void put(struct live *live, const struct strbuf *text)
{
	if (!text->error)
		outlet_offer(&live->outlet, text->text, text->length_bytes);
}

static uint64_t count_faults(const struct totals *totals)
{
	uint64_t count = 0;

	for (size_t i = 0; totals && i < totals->counter_count; i++)
		if (irq_is_fault(totals->counters[i].name))
			count += totals->counters[i].delta;
	return count;
}

static struct progress_view view(const struct live *live, const struct run_progress *progress)
{
	uint64_t now_ns = live->options.now_ns();

	return (struct progress_view){
		.progress = progress,
		.under_way = live->under_way,
		.step = live->step.text ? live->step.text : "",
		.scenario = live->scenario ? live->scenario : "",
		.step_ns = now_ns - live->step_begin_ns,
		.now_ns = now_ns,
		.fault_count = count_faults(progress->totals),
	};
}

static unsigned int columns(const struct live *live)
{
	unsigned int columns = appearance_columns(live->options.fd);

	return columns > 1 ? columns - 1 : COLUMNS_USUAL;
}

/* A run in the background must not draw over what is done in the foreground. */
static bool is_in_foreground(const struct live *live)
{
	pid_t group = tcgetpgrp(live->options.fd);

	return group < 0 || group == getpgrp();
}

/* The cursor goes back, so that whatever is written next replaces the line. */
static void draw(struct live *live, const struct run_progress *progress)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	const struct progress_view moment = view(live, progress);

	if (!live->drawn || !is_in_foreground(live))
		return;
	strbuf_puts(&text, CLEAR);
	progress_text_line(&text, &live->options.style, &moment, columns(live));
	strbuf_puts(&text, "\r");
	put(live, &text);
}

static void clear(struct live *live)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	if (!live->drawn || !is_in_foreground(live))
		return;
	strbuf_puts(&text, CLEAR);
	put(live, &text);
}

/* The next of the times that come @every_ns since the beginning. */
static uint64_t next_time(uint64_t begin_ns, uint64_t now_ns, uint64_t every_ns)
{
	return begin_ns + ((now_ns - begin_ns) / every_ns + 1) * every_ns;
}

static void summarize(struct live *live, const struct run_progress *progress)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	const struct progress_view moment = view(live, progress);

	strbuf_puts(&text, live->drawn ? CLEAR : "");
	progress_text_report(&text, &moment);
	rounds_text_write(&text, progress->totals);
	put(live, &text);
}

static void report(struct live *live, const struct run_progress *progress)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	const struct progress_view moment = view(live, progress);

	progress_text_report(&text, &moment);
	put(live, &text);
}

/* What it is time for. */
static void tell(struct live *live, const struct run_progress *progress)
{
	uint64_t now_ns = live->options.now_ns(), begin_ns = progress->begin_ns;

	if (!begin_ns || now_ns < begin_ns)
		return;
	if (!live->line_ns) {
		live->line_ns = begin_ns + LINE_NS;
		live->summary_ns = begin_ns + SUMMARY_NS;
	}
	if (now_ns >= live->summary_ns)
		summarize(live, progress);
	else if (now_ns >= live->line_ns && !live->drawn)
		report(live, progress);
	if (now_ns >= live->summary_ns)
		live->summary_ns = next_time(begin_ns, now_ns, SUMMARY_NS);
	if (now_ns >= live->line_ns)
		live->line_ns = next_time(begin_ns, now_ns, LINE_NS);
}

static int step_begin(void *data, const struct run_progress *progress,
		      const struct step_heading *step)
{
	struct live *live = data;

	strbuf_reset(&live->step);
	progress_text_step(&live->step, step);
	live->scenario = scenario_names[step->scenario];
	live->step_begin_ns = live->options.now_ns();
	live->under_way = true;
	draw(live, progress);
	return 0;
}

static bool was_told(const struct live *live, const char *failure)
{
	for (unsigned int i = 0; i < live->told_count; i++)
		if (live->told[i] && streq(live->told[i], failure))
			return true;
	return false;
}

/* Round after round the same steps fail in the same way: that is told once. */
static void tell_failure(struct live *live, const struct step_evidence *step,
			 const struct step_result *result)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	strbuf_puts(&text, CLEAR);
	progress_text_failure(&text, &live->options.style, step, result);
	if (text.error || live->told_count == FAILURES_MAX || was_told(live, text.text))
		return;
	live->told[live->told_count++] = strdup(text.text);
	if (live->told_count == FAILURES_MAX)
		strbuf_puts(&text, "... what fails from here on is counted\n");
	put(live, &text);
}

static int step_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		    const struct step_evidence *step, const struct step_result *result)
{
	struct live *live = data;

	(void)run;
	live->under_way = false;
	if (live->drawn && result->verdict == STEP_FAIL)
		tell_failure(live, step, result);
	tell(live, progress);
	draw(live, progress);
	return 0;
}

/* A reset cannot be interrupted, and may take a minute: whoever pressed ^C is to know. */
static void tell_of_end(struct live *live)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	if (live->told_of_end || !live->under_way || !live->options.caught())
		return;
	live->told_of_end = true;
	strbuf_puts(&text, CLEAR "The run ends after this reset; a second signal stops waiting "
				 "for it.\n");
	put(live, &text);
}

static int tick(void *data, const struct run_progress *progress)
{
	struct live *live = data;
	uint64_t now_ns = live->options.now_ns();

	if (live->drawn)
		tell_of_end(live);
	if (live->drawn && now_ns >= live->draw_ns) {
		live->draw_ns = now_ns + DRAW_NS;
		draw(live, progress);
	}
	return 0;
}

static int run_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		   const struct run_result *result, int exit_status)
{
	(void)progress;
	(void)run;
	(void)result;
	(void)exit_status;
	clear(data);
	return 0;
}

static void live_free(void *data)
{
	struct live *live = data;

	clear(live);
	outlet_close(&live->outlet);
	strbuf_free(&live->step);
	for (unsigned int i = 0; i < live->told_count; i++)
		free(live->told[i]);
	free(live);
}

int live_parse(const char *text, enum live_wanted *wanted)
{
	static const char *const names[] = {
		[LIVE_AUTO] = "auto",
		[LIVE_DRAWN] = "live",
		[LIVE_LINES] = "lines",
		[LIVE_NONE] = "none",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (streq(text, names[i])) {
			*wanted = (enum live_wanted)i;
			return 0;
		}
	return -EINVAL;
}

struct live_options live_options(enum live_wanted wanted, const struct appearance *appearance)
{
	const char *terminal = getenv("TERM");
	bool drawable = isatty(STDERR_FILENO) && !(terminal && streq(terminal, "dumb"));
	struct live_options options = {
		.fd = STDERR_FILENO,
		.wanted = wanted,
		.style = appearance_style(appearance, STDERR_FILENO),
		.now_ns = monotonic_ns,
		.caught = signals_caught,
	};

	if (wanted == LIVE_AUTO)
		options.wanted = drawable ? LIVE_DRAWN : LIVE_LINES;
	if (appearance->verbosity < 0 && wanted == LIVE_AUTO)
		options.wanted = LIVE_NONE;
	return options;
}

int live_follow(struct followers *followers, const struct live_options *options)
{
	struct follower follower = {
		.name = "standard error",
		.step_begin = step_begin,
		.step_end = step_end,
		.tick = tick,
		.run_end = run_end,
		.free = live_free,
	};
	struct live *live;

	if (options->wanted == LIVE_NONE)
		return 0;
	live = calloc(1, sizeof(*live));
	if (!live)
		return -ENOMEM;
	live->options = *options;
	live->outlet = (struct outlet)OUTLET_INIT;
	/* A closed one has nobody who looks. */
	(void)!outlet_open(options->fd, &live->outlet);
	live->drawn = options->wanted == LIVE_DRAWN && live->outlet.kind == OUTLET_OPENED;
	follower.data = live;
	return followers_add(followers, &follower);
}
