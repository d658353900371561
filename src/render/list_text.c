// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/escape.h"
#include "render/list.h"

/* What stands for a cell that has nothing. */
#define NOTHING "-"
#define GAP 2

/* Of the cells; a column of no width is not shown. */
struct widths {
	size_t at[LIST_DEFAULT_COUNT];
};

/*
 * What gives way where the terminal is too narrow, one after the other: what NESTS says as well or
 * few ask for, then the ends of what is long. What may be reset and what is in use stay.
 */
struct concession {
	enum list_column column;
	size_t keep; /* so many characters of it; 0: all of the column goes */
};

static const struct concession concessions[] = {
	{LIST_PRI, 0},	   {LIST_PASID, 0},    {LIST_DOMAIN, 0}, {LIST_CXL_PORT, 0},
	{LIST_ATS, 0},	   {LIST_METHODS, 10}, {LIST_GROUP, 0},	 {LIST_DRIVER, 0},
	{LIST_IN_USE, 11}, {LIST_METHODS, 0},
};

/* Characters, not bytes; the text has been escaped, so it is valid UTF-8. */
static size_t text_columns(const char *text)
{
	size_t count = 0;

	for (; text && *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* Appends the cells of the row, each with its NUL, and widens the columns for them. */
static void fill(struct strbuf *cells, struct widths *widths, const struct snapshot *snapshot,
		 const struct function *function)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	for (int i = 0; i < LIST_DEFAULT_COUNT; i++) {
		size_t start = cells->length_bytes, width;

		strbuf_reset(&text);
		list_column_fill(&text, i, snapshot, function);
		escape_printable(cells, text.length_bytes ? text.text : NOTHING);
		strbuf_add(cells, "", 1);
		if (cells->error)
			return;
		width = text_columns(cells->text + start);
		if (width > widths->at[i])
			widths->at[i] = width;
	}
}

static int last_shown(const struct widths *widths)
{
	int last = LIST_DEFAULT_COUNT - 1;

	while (last > 0 && !widths->at[last])
		last--;
	return last;
}

static void add_blanks(struct strbuf *out, size_t count)
{
	static const char blanks[] = "                                ";

	for (; count >= sizeof(blanks) - 1; count -= sizeof(blanks) - 1)
		strbuf_add(out, blanks, sizeof(blanks) - 1);
	strbuf_add(out, blanks, count);
}

/* How many bytes of @text are its first @columns characters. */
static size_t bytes_of(const char *text, size_t columns)
{
	size_t bytes = 0;

	while (text[bytes]) {
		if (((unsigned char)text[bytes] & 0xc0) != 0x80 && columns-- == 0)
			break;
		bytes++;
	}
	return bytes;
}

/* The text, or as much of it as @width has room for with a mark of what is missing. */
static void add_cell(struct strbuf *out, const struct text_style *style, enum tone tone,
		     const char *text, size_t width)
{
	const char *mark = style->ascii ? "..." : "…";
	_cleanup_strbuf_ struct strbuf cut = {0};

	if (text_columns(text) > width) {
		strbuf_add(&cut, text, bytes_of(text, width - text_columns(mark)));
		strbuf_puts(&cut, mark);
		text = cut.text ? cut.text : mark;
	}
	style_word(out, style, tone, text);
}

static void add_padded(struct strbuf *out, const struct text_style *style, enum tone tone,
		       const char *text, size_t width, bool last)
{
	size_t used = text_columns(text);

	add_cell(out, style, tone, text, width);
	if (last)
		strbuf_puts(out, "\n");
	else
		add_blanks(out, (width > used ? width - used : 0) + GAP);
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
	strbuf_add(out, line.text, columns ? bytes_of(line.text, columns) : line.length_bytes);
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
static const char *add_row(struct strbuf *out, const char *cell, const struct widths *widths,
			   const struct text_style *style)
{
	for (int i = 0; i < LIST_DEFAULT_COUNT; i++) {
		const char *said = streq(cell, NOTHING) ? "" : cell;

		if (widths->at[i])
			add_padded(out, style, list_column_tone(i, said), cell, widths->at[i],
				   i == last_shown(widths));
		cell += strlen(cell) + 1;
	}
	return cell;
}

static void add_below(struct strbuf *out, const struct snapshot *snapshot,
		      const struct function *function, const struct list_layout *layout)
{
	add_name(out, snapshot, function, layout->width);
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
		    struct strbuf *cells, struct widths *widths)
{
	for (int i = 0; i < LIST_DEFAULT_COUNT; i++)
		widths->at[i] = strlen(list_column_name(i));
	for (size_t i = 0; i < snapshot->function_count && !cells->error; i++)
		if (list_shows(filter, &snapshot->functions[i]))
			fill(cells, widths, snapshot, &snapshot->functions[i]);
}

static size_t line_width(const struct widths *widths)
{
	size_t sum = 0;

	for (int i = 0; i < LIST_DEFAULT_COUNT; i++)
		sum += widths->at[i] ? widths->at[i] + GAP : 0;
	return sum - GAP;
}

static void fit(struct widths *widths, unsigned int columns)
{
	for (size_t i = 0; columns && i < ARRAY_SIZE(concessions); i++) {
		size_t *width = &widths->at[concessions[i].column], all = line_width(widths);
		size_t less;

		if (all <= columns)
			return;
		if (*width <= concessions[i].keep)
			continue;
		less = *width - concessions[i].keep;
		*width -= concessions[i].keep && less > all - columns ? all - columns : less;
	}
}

/* Says what does not show, or not all of it. */
static void add_missing(struct strbuf *out, const struct widths *whole, const struct widths *shown)
{
	const char *before = "(left out, see -o: ";

	for (int i = 0; i < LIST_DEFAULT_COUNT; i++) {
		if (shown->at[i] == whole->at[i])
			continue;
		strbuf_printf(out, "%s%s%s", before, shown->at[i] ? "the ends of " : "",
			      list_column_name(i));
		before = ", ";
	}
	if (*before == ',')
		strbuf_puts(out, ")\n");
}

void list_add_lines(struct strbuf *out, const struct snapshot *snapshot,
		    const struct filter *filter, const struct list_layout *layout)
{
	_cleanup_strbuf_ struct strbuf cells = {0};
	struct widths whole, widths;
	const char *cell;

	measure(snapshot, filter, &cells, &widths);
	out->error = out->error ? out->error : cells.error;
	cell = cells.text;
	if (out->error || !cell)
		return;
	whole = widths;
	fit(&widths, layout->width);
	for (int i = 0; layout->headings && i < LIST_DEFAULT_COUNT; i++)
		if (widths.at[i])
			add_padded(out, &layout->style, TONE_PLAIN, list_column_name(i),
				   widths.at[i], i == last_shown(&widths));
	for (size_t i = 0; i < snapshot->function_count; i++) {
		if (!list_shows(filter, &snapshot->functions[i]))
			continue;
		cell = add_row(out, cell, &widths, &layout->style);
		add_below(out, snapshot, &snapshot->functions[i], layout);
	}
	if (layout->style.verbosity >= 0)
		add_missing(out, &whole, &widths);
}
