// SPDX-License-Identifier: GPL-2.0-or-later
/* The forms of the list that libsmartcols lays out. */
#include <errno.h>
#include <libsmartcols.h>

#include "base/escape.h"
#include "render/list.h"

/* Of buses below each other: there are 256. */
#define DEPTH_MAX 256

struct table {
	struct libscols_table *scols;
	const struct snapshot *snapshot;
	const struct list_layout *layout;
	struct libscols_line **lines; /* of the functions, in the snapshot's order; or NULL */
	struct libscols_line *bus;    /* the host bridge above the functions that come now ... */
	char bus_name[BDF_MAX + 4];   /* ... which is this */
};

static void table_fini(struct table *table)
{
	scols_unref_table(table->scols);
	free(table->lines);
}

static bool for_scripts(const struct list_layout *layout)
{
	return layout->form == LIST_RAW || layout->form == LIST_PAIRS;
}

static bool is_wordy(enum list_column column)
{
	return column == LIST_NAME || column == LIST_CLASS_NAME || column == LIST_VENDOR ||
	       column == LIST_DEVICE || column == LIST_USES;
}

/* What is cut where the terminal is too narrow: words, and the last column if there are none. */
static bool is_cut(const struct list_columns *columns, size_t index)
{
	for (size_t i = 0; i < columns->count; i++)
		if (is_wordy(columns->at[i]))
			return is_wordy(columns->at[index]);
	return index + 1 == columns->count;
}

static int set_up(struct table *table)
{
	const struct list_layout *layout = table->layout;
	struct libscols_table *scols = table->scols;

	scols_table_enable_noheadings(scols, !layout->headings);
	scols_table_enable_ascii(scols, layout->style.ascii);
	scols_table_enable_colors(scols, layout->style.colour);
	scols_table_enable_raw(scols, layout->form == LIST_RAW);
	scols_table_enable_export(scols, layout->form == LIST_PAIRS);
	scols_table_enable_shellvar(scols, layout->form == LIST_PAIRS);
	/* Cells are escaped already, as everything else that the program shows is. */
	scols_table_enable_noencoding(scols, !for_scripts(layout));
	if (layout->style.columns && !for_scripts(layout)) {
		scols_table_set_termforce(scols, SCOLS_TERMFORCE_ALWAYS);
		scols_table_set_termwidth(scols, layout->style.columns);
	} else {
		scols_table_set_termforce(scols, SCOLS_TERMFORCE_NEVER);
	}
	for (size_t i = 0; i < layout->columns.count; i++) {
		enum list_column column = layout->columns.at[i];
		int flags = is_cut(&layout->columns, i) ? SCOLS_FL_TRUNC : 0;

		/* The tree grows where the functions stand. */
		if (layout->form == LIST_TREE && column == LIST_FUNCTION)
			flags = SCOLS_FL_TREE;
		if (!scols_table_new_column(scols, list_column_name(column), 0, flags))
			return -ENOMEM;
	}
	return 0;
}

static int set_tone(struct libscols_line *line, size_t index, enum tone tone)
{
	struct libscols_cell *cell = scols_line_get_cell(line, index);

	if (tone == TONE_PLAIN)
		return 0;
	return cell && scols_cell_set_color(cell, style_code(tone)) == 0 ? 0 : -ENOMEM;
}

/* Scripts get what the machine says, in libsmartcols' quoting; an empty value only in quotes. */
static int set_cell(struct libscols_line *line, size_t index, const struct strbuf *text,
		    const struct list_layout *layout)
{
	_cleanup_strbuf_ struct strbuf cell = {0};

	if (text->error)
		return text->error;
	if (layout->form == LIST_PAIRS)
		strbuf_puts(&cell, text->length_bytes ? text->text : "");
	else if (!text->length_bytes)
		strbuf_puts(&cell, "-");
	else if (layout->form == LIST_RAW)
		strbuf_puts(&cell, text->text);
	else
		escape_printable(&cell, text->text);
	if (cell.error)
		return cell.error;
	return scols_line_set_data(line, index, cell.text) ? -ENOMEM : 0;
}

static int add_line(struct table *table, const struct function *function,
		    struct libscols_line *parent, struct libscols_line **out)
{
	struct libscols_line *line = scols_table_new_line(table->scols, parent);
	_cleanup_strbuf_ struct strbuf text = {0};
	int r = line ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < table->layout->columns.count; i++) {
		strbuf_reset(&text);
		list_column_fill(&text, table->layout->columns.at[i], table->snapshot, function);
		r = set_cell(line, i, &text, table->layout);
		if (r == 0 && table->layout->style.colour && text.text)
			r = set_tone(line, i,
				     list_column_tone(table->layout->columns.at[i], text.text));
	}
	*out = line;
	return r;
}

/* "pci0000:00", the kernel's name of the host bridge. */
static int add_bus(struct table *table, const struct function *function)
{
	const struct list_columns *columns = &table->layout->columns;
	const char *device = strrchr(function->bdf, ':');
	char name[sizeof(table->bus_name)];

	snprintf(name, sizeof(name), "pci%.*s", (int)(device - function->bdf), function->bdf);
	if (table->bus && streq(name, table->bus_name))
		return 0;
	strcpy(table->bus_name, name);
	table->bus = scols_table_new_line(table->scols, NULL);
	if (!table->bus)
		return -ENOMEM;
	for (size_t i = 0; i < columns->count; i++)
		if (columns->at[i] == LIST_FUNCTION &&
		    scols_line_set_data(table->bus, i, name) != 0)
			return -ENOMEM;
	return 0;
}

/* NULL on a root bus, and where a made tree has functions above each other. */
static const struct function *function_above(const struct table *table,
					     const struct function *function, int depth)
{
	if (!function->above[0] || depth > DEPTH_MAX)
		return NULL;
	return snapshot_find(table->snapshot, function->above);
}

/* The function below what is above it, which comes first even if it was not selected. */
static int add_branch(struct table *table, const struct function *function, int depth)
{
	struct libscols_line **line = &table->lines[function - table->snapshot->functions];
	const struct function *above = function_above(table, function, depth);
	int r;

	if (*line)
		return 0;
	r = above ? add_branch(table, above, depth + 1) : add_bus(table, function);
	if (r < 0 || *line)
		return r;
	return add_line(table, function,
			above ? table->lines[above - table->snapshot->functions] : table->bus,
			line);
}

static int fill(struct table *table, const struct filter *filter)
{
	for (size_t i = 0; i < table->snapshot->function_count; i++) {
		const struct function *function = &table->snapshot->functions[i];
		struct libscols_line *line;
		int r;

		if (!list_shows(filter, function))
			continue;
		if (table->layout->form == LIST_TREE)
			r = add_branch(table, function, 0);
		else
			r = add_line(table, function, NULL, &line);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Appends the lines without the blanks that fill up empty cells at their ends. */
static void add_trimmed(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t length_bytes = strcspn(text, "\n"), kept = length_bytes;

		while (kept && text[kept - 1] == ' ')
			kept--;
		strbuf_add(out, text, kept);
		strbuf_puts(out, "\n");
		text += length_bytes + (text[length_bytes] == '\n');
	}
}

static int print(struct table *table, struct strbuf *out)
{
	char *text = NULL;

	if (scols_table_is_empty(table->scols))
		return 0;
	if (scols_print_table_to_string(table->scols, &text) != 0)
		return -ENOMEM;
	add_trimmed(out, text);
	free(text);
	return 0;
}

void list_add_table(struct strbuf *out, const struct snapshot *snapshot,
		    const struct filter *filter, const struct list_layout *layout)
{
	_cleanup_(table_fini) struct table table = {
		.scols = scols_new_table(),
		.snapshot = snapshot,
		.layout = layout,
		.lines = calloc(snapshot->function_count + 1, sizeof(struct libscols_line *)),
	};
	int r = table.scols && table.lines ? set_up(&table) : -ENOMEM;

	if (r == 0)
		r = fill(&table, filter);
	if (r == 0)
		r = print(&table, out);
	if (r < 0)
		out->error = r;
}
