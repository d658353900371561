// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>

#include "base/escape.h"
#include "render/columns.h"
#include "render/fleet.h"
#include "render/fleet_points.h"
#include "render/wrap.h"

/* What stands for a cell that has nothing. */
#define NOTHING "-"

enum column {
	COLUMN_HOST,
	COLUMN_KERNEL,
	COLUMN_VERDICT,
	COLUMN_FAILED,
	COLUMN_PASSED,
	COLUMN_BY,
	COLUMN_FROM,
	COLUMN_FINDING,
};
#define COLUMN_COUNT 8

static const struct {
	const char *name;
	bool right; /* numbers */
} headings[COLUMN_COUNT] = {
	[COLUMN_HOST] = {"HOST", false},       [COLUMN_KERNEL] = {"KERNEL", false},
	[COLUMN_VERDICT] = {"VERDICT", false}, [COLUMN_FAILED] = {"FAILED", true},
	[COLUMN_PASSED] = {"PASSED", true},    [COLUMN_BY] = {"BY", false},
	[COLUMN_FROM] = {"FROM", false},       [COLUMN_FINDING] = {"FINDING", false},
};

/* Sentences among the findings wrap, to lines of so many characters. */
#define SENTENCE_COLUMNS 40
#define SENTENCE_COLUMNS_MIN 20
#define INDENT 4

static enum tone tone_of(unsigned int rank)
{
	return rank < 2 ? TONE_BAD : rank < 5 ? TONE_UNSURE : TONE_GOOD;
}

static bool was_run(const struct host_result *result)
{
	return result->known && !result->checked;
}

static void fill_number(struct strbuf *cell, const struct host_result *result,
			enum step_verdict verdict)
{
	if (was_run(result))
		strbuf_printf(cell, "%" PRIu64, result->counts[verdict]);
}

/* Escaped; empty for what there is not. */
static void fill(struct strbuf *cell, enum column column, const struct host_result *result)
{
	strbuf_reset(cell);
	switch (column) {
	case COLUMN_HOST:
		escape_printable(cell, result->name);
		break;
	case COLUMN_KERNEL:
		escape_printable(cell, result->release);
		break;
	case COLUMN_VERDICT:
		strbuf_puts(cell, host_result_word(result));
		break;
	case COLUMN_FAILED:
		fill_number(cell, result, STEP_FAIL);
		break;
	case COLUMN_PASSED:
		fill_number(cell, result, STEP_PASS);
		break;
	case COLUMN_BY:
		strbuf_puts(cell, !result->known ? "" : result->checked ? "check" : "run");
		break;
	case COLUMN_FROM:
		escape_printable(cell, result->source ? result->source : "");
		break;
	case COLUMN_FINDING:
		escape_printable(cell, !result->known	 ? result->why
				       : result->slug[0] ? result->slug
				       : run_verdict_exit_status(result->verdict) && result->text
					       ? result->text
					       : "");
		break;
	}
	if (!cell->length_bytes && !cell->error)
		strbuf_puts(cell, NOTHING);
}

/* Returns how many characters the longest name of a finding has. */
static size_t measure(const struct fleet *fleet, struct columns *columns, struct strbuf *cell)
{
	size_t slug_width = 0;

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		columns_add(columns, headings[i].name, headings[i].right);
	for (size_t i = 0; i < fleet->host_count; i++) {
		const struct host_result *result = fleet_host_result(fleet, &fleet->hosts[i]);
		size_t width = columns_width(result->slug);

		slug_width = width > slug_width ? width : slug_width;
		for (enum column column = 0; column < COLUMN_COUNT; column++) {
			fill(cell, column, result);
			columns_widen(columns, column, cell->text);
		}
	}
	return slug_width;
}

static size_t at_least(size_t width, size_t other)
{
	return width > other ? width : other;
}

/* Hosts and verdicts never give way. What is found then stands on a line below. */
static void fit(struct columns *columns, size_t slug_width, unsigned int width)
{
	const struct columns_concession concessions[] = {
		{COLUMN_FINDING, at_least(slug_width, SENTENCE_COLUMNS)},
		{COLUMN_FROM, 0},
		{COLUMN_BY, 0},
		{COLUMN_FINDING, at_least(slug_width, SENTENCE_COLUMNS_MIN)},
		{COLUMN_PASSED, 0},
		{COLUMN_FAILED, 0},
		{COLUMN_KERNEL, 0},
		{COLUMN_FINDING, 0},
	};

	columns_fit(columns, concessions, ARRAY_SIZE(concessions), width);
}

/* Ends a line that has reached @column: wrapped on a terminal, else as it is. */
static void put_rest(struct strbuf *out, unsigned int wrap_columns, unsigned int indent,
		     size_t column, const char *text)
{
	if (wrap_columns) {
		out->wrap_columns = wrap_columns;
		wrap_on(out, indent, (unsigned int)column, text);
		return;
	}
	escape_printable(out, text);
	strbuf_puts(out, "\n");
}

static void put_line(struct strbuf *out, unsigned int wrap_columns, unsigned int indent,
		     const char *text)
{
	strbuf_printf(out, "%*s", (int)indent, "");
	put_rest(out, wrap_columns, indent, indent, text);
}

/* In its column, the last one, or below if that is not shown. */
static void put_finding(struct strbuf *out, const struct columns *columns, const char *text,
			const struct text_style *style)
{
	size_t column = columns_before(columns, COLUMN_FINDING);

	if (columns->shown[COLUMN_FINDING])
		put_rest(out, style->columns, (unsigned int)column, column, text);
	else if (!streq(text, NOTHING))
		put_line(out, style->columns, INDENT, text);
}

static void put_row(struct strbuf *out, const struct columns *columns,
		    const struct host_result *result, struct strbuf *cell,
		    const struct text_style *style)
{
	for (enum column column = 0; column < COLUMN_FINDING; column++) {
		if (!columns->shown[column])
			continue;
		fill(cell, column, result);
		columns_put(out, columns, column, style,
			    column == COLUMN_VERDICT ? tone_of(host_result_rank(result))
						     : TONE_PLAIN,
			    cell->text ? cell->text : "");
	}
	fill(cell, COLUMN_FINDING, result);
	put_finding(out, columns, cell->text ? cell->text : "", style);
}

/* A sentence below a host's line, and each of its other results. */
static void put_details(struct strbuf *out, const struct fleet *fleet,
			const struct fleet_host *host, const struct text_style *style)
{
	const struct host_result *result = fleet_host_result(fleet, host);
	_cleanup_strbuf_ struct strbuf others = {0};
	char *rest, *line;

	if (result->text && *result->text)
		put_line(out, style->wrap_columns, INDENT, result->text);
	host_add_others(&others, "", fleet, host);
	for (rest = others.text; (line = strsep(&rest, "\n")) && *line;)
		put_line(out, style->wrap_columns, INDENT, line);
	if (others.error)
		out->error = others.error;
}

static int put_table(FILE *file, const struct fleet *fleet, const struct text_style *style)
{
	_cleanup_strbuf_ struct strbuf out = {0}, cell = {0};
	struct columns columns = {0};
	size_t slug_width = measure(fleet, &columns, &cell);

	fit(&columns, slug_width, style->columns);
	columns_put_headings(&out, &columns, style);
	for (size_t i = 0; i < fleet->host_count; i++) {
		put_row(&out, &columns, fleet_host_result(fleet, &fleet->hosts[i]), &cell, style);
		if (style->verbosity > 0)
			put_details(&out, fleet, &fleet->hosts[i], style);
	}
	/* It wraps, or stands below: nothing of it is missing. */
	columns.shown[COLUMN_FINDING] = columns.whole[COLUMN_FINDING];
	columns_put_missing(&out, &columns, style, "-j");
	strbuf_puts(&out, "\n");
	if (cell.error)
		out.error = cell.error;
	return strbuf_write(&out, file);
}

static void put_note(struct strbuf *out, const struct text_style *style, size_t count,
		     const char *one, const char *many)
{
	_cleanup_strbuf_ struct strbuf note = {0};

	if (!count)
		return;
	strbuf_printf(&note, "%zu %s", count, count == 1 ? one : many);
	if (note.error)
		out->error = note.error;
	else
		put_line(out, style->wrap_columns, 2, note.text);
}

static void put_verdict(struct strbuf *out, const struct fleet *fleet,
			const struct text_style *style)
{
	const struct fleet_notes notes = fleet_notes(fleet);
	unsigned int rank = fleet_rank(fleet);
	_cleanup_strbuf_ struct strbuf counts = {0};

	strbuf_printf(&counts, "(%zu host%s:", fleet->host_count,
		      fleet->host_count == 1 ? "" : "s");
	for (unsigned int i = 0; i < HOST_RANK_COUNT; i++)
		if (fleet->counts[i])
			strbuf_printf(&counts, " %zu %s,", fleet->counts[i], host_rank_names[i]);
	if (counts.error) {
		out->error = counts.error;
		return;
	}
	counts.text[counts.length_bytes - 1] = ')';
	strbuf_puts(out, "Verdict: ");
	style_word(out, style, tone_of(rank), host_rank_names[rank]);
	strbuf_puts(out, " ");
	put_rest(out, style->wrap_columns, 9,
		 strlen("Verdict: ") + strlen(host_rank_names[rank]) + 1, counts.text);
	if (style->verbosity < 0)
		return;
	put_note(out, style, notes.several, "host has several results: the worst one counts",
		 "hosts have several results: the worst one of each counts");
	put_note(out, style, notes.checked, "host was checked alone: nothing was reset there",
		 "hosts were checked alone: nothing was reset there");
	put_note(out, style, notes.missing, "host is expected and has no result: was it reached?",
		 "hosts are expected and have no result: were they reached?");
	put_note(
		out, style, notes.unread,
		"host has a file that gives no result: was it reached? Get it again, or leave it "
		"out",
		"hosts have files that give no result: were they reached? Get them again, or leave "
		"them out");
	put_note(out, style, notes.unexpected, "host has a result and is not among those expected",
		 "hosts have results and are not among those expected");
}

int fleet_text_write(FILE *out, const struct fleet *fleet, const struct text_style *style)
{
	_cleanup_strbuf_ struct strbuf verdict = {0};
	int r = style->verbosity < 0 ? 0 : put_table(out, fleet, style);

	put_verdict(&verdict, fleet, style);
	return r == 0 ? strbuf_write(&verdict, out) : r;
}
