// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/escape.h"
#include "render/columns.h"
#include "render/list.h"

/* What stands for a cell that has nothing. */
#define NOTHING "-"

/*
 * What gives way where the terminal is too narrow, one after the other: what NESTS says as well or
 * few ask for, then the ends of what is long. What may be reset and what is in use stay.
 */
static const struct columns_concession concessions[] = {
	{LIST_PRI, 0},	   {LIST_PASID, 0},    {LIST_DOMAIN, 0}, {LIST_CXL_PORT, 0},
	{LIST_ATS, 0},	   {LIST_METHODS, 10}, {LIST_GROUP, 0},	 {LIST_DRIVER, 0},
	{LIST_IN_USE, 11}, {LIST_METHODS, 0},
};

/* Appends the cells of the row, each with its NUL, and widens the columns for them. */
static void fill(struct strbuf *cells, struct columns *columns, const struct snapshot *snapshot,
		 const struct function *function)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	for (int i = 0; i < LIST_DEFAULT_COUNT; i++) {
		size_t start = cells->length_bytes;

		strbuf_reset(&text);
		list_column_fill(&text, i, snapshot, function);
		escape_printable(cells, text.length_bytes ? text.text : NOTHING);
		strbuf_add(cells, "", 1);
		if (cells->error)
			return;
		columns_widen(columns, (size_t)i, cells->text + start);
	}
}

static void add_name(struct strbuf *out, const struct snapshot *snapshot,
		     const struct function *function, unsigned int columns)
{
	_cleanup_strbuf_ struct strbuf name = {0};
	_cleanup_strbuf_ struct strbuf line = {0};

	list_column_fill(&name, LIST_NAME, snapshot, function);
	strbuf_puts(&line, "    ");
	escape_printable(&line, name.text ? name.text : "");
	if (!line.text || line.error)
		return;
	strbuf_add(out, line.text, columns ? columns_bytes(line.text, columns) : line.length_bytes);
	strbuf_puts(out, "\n");
}

/* "    CLASS 020000, UPSTREAM ...": what the usual columns and the name do not tell. */
static void add_rest(struct strbuf *out, const struct snapshot *snapshot,
		     const struct function *function)
{
	static const enum list_column rest[] = {LIST_CLASS, LIST_UPSTREAM, LIST_PF, LIST_BRIDGE,
						LIST_UNTRUSTED};

	for (size_t i = 0; i < ARRAY_SIZE(rest); i++) {
		_cleanup_strbuf_ struct strbuf text = {0};

		list_column_fill(&text, rest[i], snapshot, function);
		strbuf_printf(out, "%s%s ", i ? ", " : "    ", list_column_name(rest[i]));
		escape_printable(out, text.length_bytes ? text.text : NOTHING);
	}
	strbuf_puts(out, "\n");
}

/* Returns where the next row's cells begin. */
static const char *add_row(struct strbuf *out, const char *cell, const struct columns *columns,
			   const struct text_style *style)
{
	for (int i = 0; i < LIST_DEFAULT_COUNT; i++) {
		const char *said = streq(cell, NOTHING) ? "" : cell;

		if (columns->shown[i])
			columns_put(out, columns, (size_t)i, style, list_column_tone(i, said),
				    cell);
		cell += strlen(cell) + 1;
	}
	return cell;
}

static void add_below(struct strbuf *out, const struct snapshot *snapshot,
		      const struct function *function, const struct list_layout *layout)
{
	add_name(out, snapshot, function, layout->style.columns);
	if (layout->style.verbosity > 0)
		add_rest(out, snapshot, function);
	for (size_t i = 0; i < function->use_count; i++) {
		strbuf_puts(out, "    ");
		style_word(out, &layout->style, TONE_UNSURE, "in use:");
		strbuf_printf(out, " %s: ", use_kind_name(function->uses[i].kind));
		escape_printable(out, function->uses[i].what);
		strbuf_puts(out, "\n");
	}
}

static void measure(const struct snapshot *snapshot, const struct filter *filter,
		    struct strbuf *cells, struct columns *columns)
{
	for (int i = 0; i < LIST_DEFAULT_COUNT; i++)
		columns_add(columns, list_column_name(i), false);
	for (size_t i = 0; i < snapshot->function_count && !cells->error; i++)
		if (list_shows(filter, &snapshot->functions[i]))
			fill(cells, columns, snapshot, &snapshot->functions[i]);
}

void list_add_lines(struct strbuf *out, const struct snapshot *snapshot,
		    const struct filter *filter, const struct list_layout *layout)
{
	_cleanup_strbuf_ struct strbuf cells = {0};
	struct columns columns = {0};
	const char *cell;

	measure(snapshot, filter, &cells, &columns);
	out->error = out->error ? out->error : cells.error;
	cell = cells.text;
	if (out->error || !cell)
		return;
	columns_fit(&columns, concessions, ARRAY_SIZE(concessions), layout->style.columns);
	if (layout->headings)
		columns_put_headings(out, &columns, &layout->style);
	for (size_t i = 0; i < snapshot->function_count; i++) {
		if (!list_shows(filter, &snapshot->functions[i]))
			continue;
		cell = add_row(out, cell, &columns, &layout->style);
		add_below(out, snapshot, &snapshot->functions[i], layout);
	}
	if (layout->style.verbosity >= 0)
		columns_put_missing(out, &columns, &layout->style, "-o");
}
