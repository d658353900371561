// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/columns.h"

#include "render/wrap.h"

#define GAP 2

static bool begins_character(char byte)
{
	return ((unsigned char)byte & 0xc0) != 0x80;
}

size_t columns_width(const char *text)
{
	size_t width = 0;

	for (; text && *text; text++)
		width += begins_character(*text);
	return width;
}

size_t columns_bytes(const char *text, size_t width)
{
	size_t bytes = 0;

	while (text[bytes]) {
		if (begins_character(text[bytes]) && width-- == 0)
			break;
		bytes++;
	}
	return bytes;
}

void columns_add(struct columns *columns, const char *name, bool right)
{
	columns->names[columns->count] = name;
	columns->right[columns->count] = right;
	columns->whole[columns->count] = columns_width(name);
	columns->count++;
}

void columns_widen(struct columns *columns, size_t column, const char *text)
{
	size_t width = columns_width(text);

	if (width > columns->whole[column])
		columns->whole[column] = width;
}

size_t columns_before(const struct columns *columns, size_t column)
{
	size_t sum = 0;

	for (size_t i = 0; i < column; i++)
		sum += columns->shown[i] ? columns->shown[i] + GAP : 0;
	return sum;
}

static size_t line_width(const struct columns *columns)
{
	return columns_before(columns, columns->count) - GAP;
}

static size_t last_shown(const struct columns *columns)
{
	size_t last = columns->count - 1;

	while (last > 0 && !columns->shown[last])
		last--;
	return last;
}

static void take_back(struct columns *columns, size_t column, size_t width)
{
	size_t *shown = &columns->shown[column], whole = columns->whole[column];
	size_t room = width - line_width(columns);

	if (*shown)
		*shown += room < whole - *shown ? room : whole - *shown;
	else if (room >= whole + GAP)
		*shown = whole;
}

void columns_fit(struct columns *columns, const struct columns_concession *concessions,
		 size_t count, unsigned int width)
{
	memcpy(columns->shown, columns->whole, sizeof(columns->shown));
	for (size_t i = 0; width && i < count && line_width(columns) > width; i++) {
		size_t *shown = &columns->shown[concessions[i].column];
		size_t keep = concessions[i].keep, excess = line_width(columns) - width;

		if (*shown > keep)
			*shown -= keep && *shown - keep > excess ? excess : *shown - keep;
	}
	for (size_t i = count; i-- > 0 && line_width(columns) <= width;)
		take_back(columns, concessions[i].column, width);
}

static void add_blanks(struct strbuf *out, size_t count)
{
	static const char blanks[] = "                                ";

	for (; count >= sizeof(blanks) - 1; count -= sizeof(blanks) - 1)
		strbuf_add(out, blanks, sizeof(blanks) - 1);
	strbuf_add(out, blanks, count);
}

/* The text, or as much of it as @width has room for with a mark of what is missing. */
static void add_cut(struct strbuf *out, const struct text_style *style, enum tone tone,
		    const char *text, size_t width)
{
	const char *mark = style->ascii ? "..." : "…";
	_cleanup_strbuf_ struct strbuf cut = {0};

	if (columns_width(text) > width) {
		strbuf_add(&cut, text, columns_bytes(text, width - columns_width(mark)));
		strbuf_puts(&cut, mark);
		text = cut.text ? cut.text : mark;
	}
	style_word(out, style, tone, text);
}

void columns_put(struct strbuf *out, const struct columns *columns, size_t column,
		 const struct text_style *style, enum tone tone, const char *text)
{
	size_t width = columns->shown[column], used = columns_width(text);
	size_t padding = width > used ? width - used : 0;
	bool last = column == last_shown(columns);

	if (columns->right[column])
		add_blanks(out, padding);
	add_cut(out, style, tone, text, width);
	if (last)
		strbuf_puts(out, "\n");
	else
		add_blanks(out, (columns->right[column] ? 0 : padding) + GAP);
}

void columns_put_headings(struct strbuf *out, const struct columns *columns,
			  const struct text_style *style)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->shown[i])
			columns_put(out, columns, i, style, TONE_PLAIN, columns->names[i]);
}

void columns_put_missing(struct strbuf *out, const struct columns *columns,
			 const struct text_style *style, const char *option)
{
	const unsigned int usual = out->wrap_columns;
	_cleanup_strbuf_ struct strbuf line = {0};
	size_t count = 0;

	for (size_t i = 0; i < columns->count; i++) {
		if (columns->shown[i] == columns->whole[i])
			continue;
		if (count++)
			strbuf_puts(&line, ", ");
		else
			strbuf_printf(&line, "left out, see %s: ", option);
		strbuf_printf(&line, "%s%s", columns->shown[i] ? "the ends of " : "",
			      columns->names[i]);
	}
	if (!count)
		return;
	strbuf_puts(&line, ")");
	/* Like the cells, it may reach the end of the terminal. */
	out->wrap_columns = style->columns;
	wrap_buffer(out, 1, "(", &line);
	out->wrap_columns = usual;
}
