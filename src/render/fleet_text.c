// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>

#include "base/escape.h"
#include "render/fleet.h"
#include "render/fleet_points.h"

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
} columns[COLUMN_COUNT] = {
	[COLUMN_HOST] = {"HOST", false},       [COLUMN_KERNEL] = {"KERNEL", false},
	[COLUMN_VERDICT] = {"VERDICT", false}, [COLUMN_FAILED] = {"FAILED", true},
	[COLUMN_PASSED] = {"PASSED", true},    [COLUMN_BY] = {"BY", false},
	[COLUMN_FROM] = {"FROM", false},       [COLUMN_FINDING] = {"FINDING", false},
};

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
		strbuf_puts(cell, "-");
}

/* Characters; those of several bytes count once. */
static size_t width_of(const struct strbuf *cell)
{
	size_t width = 0;

	for (size_t i = 0; i < cell->length_bytes; i++)
		width += ((unsigned char)cell->text[i] & 0xc0) != 0x80;
	return width;
}

static void measure(const struct fleet *fleet, size_t widths[COLUMN_COUNT], struct strbuf *cell)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		widths[i] = strlen(columns[i].name);
	for (size_t i = 0; i < fleet->host_count; i++) {
		const struct host_result *result = fleet_host_result(fleet, &fleet->hosts[i]);

		for (enum column column = 0; column < COLUMN_COUNT; column++) {
			size_t width;

			fill(cell, column, result);
			width = width_of(cell);
			widths[column] = width > widths[column] ? width : widths[column];
		}
	}
}

static void put_cell(struct strbuf *out, enum column column, const size_t widths[COLUMN_COUNT],
		     const struct strbuf *cell, enum tone tone, const struct text_style *style)
{
	size_t width = width_of(cell);
	int padding = width < widths[column] ? (int)(widths[column] - width) : 0;

	if (columns[column].right)
		strbuf_printf(out, "%*s", padding, "");
	style_word(out, style, tone, cell->text ? cell->text : "");
	if (column + 1 == COLUMN_COUNT)
		strbuf_puts(out, "\n");
	else
		strbuf_printf(out, "%*s  ", columns[column].right ? 0 : padding, "");
}

/* A sentence below a host's line, and each of its other results. */
static void put_details(struct strbuf *out, const struct fleet *fleet,
			const struct fleet_host *host)
{
	const struct host_result *result = fleet_host_result(fleet, host);

	if (result->text && *result->text) {
		strbuf_puts(out, "    ");
		escape_printable(out, result->text);
		strbuf_puts(out, "\n");
	}
	host_add_others(out, "    ", fleet, host);
}

static int put_table(FILE *file, const struct fleet *fleet, const struct text_style *style)
{
	_cleanup_strbuf_ struct strbuf out = {0}, cell = {0};
	size_t widths[COLUMN_COUNT];

	measure(fleet, widths, &cell);
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		strbuf_reset(&cell);
		strbuf_puts(&cell, columns[column].name);
		put_cell(&out, column, widths, &cell, TONE_PLAIN, style);
	}
	for (size_t i = 0; i < fleet->host_count; i++) {
		const struct host_result *result = fleet_host_result(fleet, &fleet->hosts[i]);

		for (enum column column = 0; column < COLUMN_COUNT; column++) {
			fill(&cell, column, result);
			put_cell(&out, column, widths, &cell,
				 column == COLUMN_VERDICT ? tone_of(host_result_rank(result))
							  : TONE_PLAIN,
				 style);
		}
		if (style->verbosity > 0)
			put_details(&out, fleet, &fleet->hosts[i]);
	}
	strbuf_puts(&out, "\n");
	if (cell.error)
		out.error = cell.error;
	return strbuf_write(&out, file);
}

static void put_note(struct strbuf *out, size_t count, const char *one, const char *many)
{
	if (count)
		strbuf_printf(out, "  %zu %s\n", count, count == 1 ? one : many);
}

static void put_verdict(struct strbuf *out, const struct fleet *fleet,
			const struct text_style *style)
{
	const struct fleet_notes notes = fleet_notes(fleet);
	unsigned int rank = fleet_rank(fleet);
	const char *before = "";

	strbuf_puts(out, "Verdict: ");
	style_word(out, style, tone_of(rank), host_rank_names[rank]);
	strbuf_printf(out, " (%zu host%s: ", fleet->host_count, fleet->host_count == 1 ? "" : "s");
	for (unsigned int i = 0; i < HOST_RANK_COUNT; i++) {
		if (!fleet->counts[i])
			continue;
		strbuf_printf(out, "%s%zu %s", before, fleet->counts[i], host_rank_names[i]);
		before = ", ";
	}
	strbuf_puts(out, ")\n");
	if (style->verbosity < 0)
		return;
	put_note(out, notes.several, "host has several results: the worst one counts",
		 "hosts have several results: the worst one of each counts");
	put_note(out, notes.checked, "host was checked alone: nothing was reset there",
		 "hosts were checked alone: nothing was reset there");
	put_note(out, notes.missing, "host is expected and has no result: was it reached?",
		 "hosts are expected and have no result: were they reached?");
	put_note(
		out, notes.unread,
		"host has a file that gives no result: was it reached? Get it again, or leave it "
		"out",
		"hosts have files that give no result: were they reached? Get them again, or leave "
		"them out");
	put_note(out, notes.unexpected, "host has a result and is not among those expected",
		 "hosts have results and are not among those expected");
}

int fleet_text_write(FILE *out, const struct fleet *fleet, const struct text_style *style)
{
	_cleanup_strbuf_ struct strbuf verdict = {0};
	int r = style->verbosity < 0 ? 0 : put_table(out, fleet, style);

	put_verdict(&verdict, fleet, style);
	return r == 0 ? strbuf_write(&verdict, out) : r;
}
