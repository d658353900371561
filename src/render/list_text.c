// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/list.h"

#include "base/escape.h"
#include "model/nest.h"

enum column {
	COLUMN_FUNCTION,
	COLUMN_GROUP,
	COLUMN_DOMAIN,
	COLUMN_DRIVER,
	COLUMN_METHODS,
	COLUMN_ATS,
	COLUMN_PRI,
	COLUMN_PASID,
	COLUMN_CXL,
	COLUMN_NESTS,
	COLUMN_USE,
	COLUMN_COUNT,
};

static const char *const headings[COLUMN_COUNT] = {
	"FUNCTION", "GROUP", "DOMAIN",	 "DRIVER", "METHODS", "ATS",
	"PRI",	    "PASID", "CXL-PORT", "NESTS",  "IN-USE",
};

struct row {
	struct strbuf cells[COLUMN_COUNT];
};

static void row_reset(struct row *row)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		strbuf_reset(&row->cells[i]);
}

static void row_free(struct row *row)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		strbuf_free(&row->cells[i]);
}

static const char *short_tri(enum tri value)
{
	return value == TRI_UNKNOWN ? "?" : tri_name(value);
}

static void add_word(struct strbuf *cell, const char *word)
{
	if (cell->length_bytes)
		strbuf_puts(cell, ",");
	escape_printable(cell, word);
}

static void add_group(struct row *row, const struct snapshot *snapshot,
		      const struct function *function)
{
	const struct group *group = snapshot_group(snapshot, function->group);

	if (function->group == NO_GROUP) {
		strbuf_puts(&row->cells[COLUMN_GROUP], "-");
		strbuf_puts(&row->cells[COLUMN_DOMAIN], "-");
		return;
	}
	strbuf_printf(&row->cells[COLUMN_GROUP], "%d", function->group);
	escape_printable(&row->cells[COLUMN_DOMAIN], group && group->type[0] ? group->type : "?");
}

static void add_methods(struct row *row, const struct function *function)
{
	struct strbuf *cell = &row->cells[COLUMN_METHODS];

	for (unsigned int i = 0; i < function->methods.count; i++)
		add_word(cell, function->methods.names[i]);
	if (!function->methods.count)
		strbuf_puts(cell, function->methods_known == TRI_YES ? "-" : "?");
}

/* "cxl_bus", "device_specific?", or "cxl_bus:no-ats" where nesting would show nothing. */
static void add_nesting(struct row *row, const struct snapshot *snapshot,
			const struct function *function)
{
	struct strbuf *cell = &row->cells[COLUMN_NESTS];
	const char *closed = function_gate_reason(snapshot, function);

	for (unsigned int i = 0; i < function->methods.count; i++) {
		enum tri nests = function_method_nests(function, function->methods.names[i]);

		if (nests == TRI_NO)
			continue;
		add_word(cell, function->methods.names[i]);
		if (nests == TRI_UNKNOWN)
			strbuf_puts(cell, "?");
	}
	if (!cell->length_bytes)
		strbuf_puts(cell, function->methods_known == TRI_YES ? "-" : "?");
	else if (closed)
		strbuf_printf(cell, ":%s", closed);
}

static void add_uses(struct row *row, const struct function *function)
{
	struct strbuf *cell = &row->cells[COLUMN_USE];

	for (size_t i = 0; i < function->use_count; i++) {
		const char *name = use_kind_name(function->uses[i].kind);

		if (!cell->text || !strstr(cell->text, name))
			add_word(cell, name);
	}
	if (!cell->length_bytes)
		strbuf_puts(cell, "-");
}

static void fill(struct row *row, const struct snapshot *snapshot, const struct function *function)
{
	row_reset(row);
	strbuf_puts(&row->cells[COLUMN_FUNCTION], function->bdf);
	add_group(row, snapshot, function);
	escape_printable(&row->cells[COLUMN_DRIVER], function->driver[0] ? function->driver : "-");
	add_methods(row, function);
	strbuf_puts(&row->cells[COLUMN_ATS], short_tri(function->ats));
	strbuf_puts(&row->cells[COLUMN_PRI], short_tri(function->pri));
	strbuf_puts(&row->cells[COLUMN_PASID], short_tri(function->pasid));
	strbuf_puts(&row->cells[COLUMN_CXL],
		    function->cxl_port == TRI_YES && function->sbr_masked == TRI_YES
			    ? "sbr-masked"
			    : short_tri(function->cxl_port));
	add_nesting(row, snapshot, function);
	add_uses(row, function);
}

/* Characters, not bytes; the text has been escaped, so it is valid UTF-8. */
static size_t text_columns(const char *text)
{
	size_t count = 0;

	for (; text && *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static void add_padded(struct strbuf *out, const char *text, size_t width, bool last)
{
	size_t used = text_columns(text);

	strbuf_puts(out, text ? text : "");
	if (last)
		strbuf_puts(out, "\n");
	else
		strbuf_printf(out, "%*s", (int)(width > used ? width - used : 0) + 2, "");
}

/* Appends the line and its newline, cut to @columns characters. */
static void add_cut(struct strbuf *out, const char *line, unsigned int columns)
{
	size_t kept = 0, bytes = 0;

	while (line[bytes]) {
		if (((unsigned char)line[bytes] & 0xc0) != 0x80 && columns && ++kept > columns)
			break;
		bytes++;
	}
	strbuf_add(out, line, bytes);
	strbuf_puts(out, "\n");
}

static void add_names(struct strbuf *out, const struct function *function, unsigned int columns)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	strbuf_puts(&line, "    ");
	escape_printable(&line, function->class_name ? function->class_name : "Class");
	strbuf_printf(&line, " [%04x]: ", function->class_code >> 8);
	if (function->vendor_name) {
		escape_printable(&line, function->vendor_name);
		strbuf_puts(&line, " ");
	}
	escape_printable(&line, function->device_name ? function->device_name : "Device");
	strbuf_printf(&line, " [%04x:%04x]", function->vendor, function->device);
	if (line.text && !line.error)
		add_cut(out, line.text, columns);
}

static void add_function(struct strbuf *out, const struct function *function, const struct row *row,
			 const size_t widths[COLUMN_COUNT], unsigned int columns)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		add_padded(out, row->cells[i].text, widths[i], i == COLUMN_COUNT - 1);
	add_names(out, function, columns);
	for (size_t i = 0; i < function->use_count; i++) {
		strbuf_printf(out, "    in use: %s: ", use_kind_name(function->uses[i].kind));
		escape_printable(out, function->uses[i].what);
		strbuf_puts(out, "\n");
	}
}

/* Returns how many functions are shown. */
static size_t measure(const struct snapshot *snapshot, const struct filter *filter, struct row *row,
		      size_t widths[COLUMN_COUNT])
{
	size_t shown = 0;

	for (int i = 0; i < COLUMN_COUNT; i++)
		widths[i] = strlen(headings[i]);
	for (size_t i = 0; i < snapshot->function_count; i++) {
		if (!list_shows(filter, &snapshot->functions[i]))
			continue;
		shown++;
		fill(row, snapshot, &snapshot->functions[i]);
		for (int k = 0; k < COLUMN_COUNT; k++) {
			size_t width = text_columns(row->cells[k].text);

			if (width > widths[k])
				widths[k] = width;
		}
	}
	return shown;
}

void list_add_text(struct strbuf *out, const struct snapshot *snapshot, const struct filter *filter,
		   unsigned int columns)
{
	size_t widths[COLUMN_COUNT];
	struct row row = {0};

	if (measure(snapshot, filter, &row, widths)) {
		for (int i = 0; i < COLUMN_COUNT; i++)
			add_padded(out, headings[i], widths[i], i == COLUMN_COUNT - 1);
		for (size_t i = 0; i < snapshot->function_count; i++) {
			if (!list_shows(filter, &snapshot->functions[i]))
				continue;
			fill(&row, snapshot, &snapshot->functions[i]);
			add_function(out, &snapshot->functions[i], &row, widths, columns);
		}
		if (snapshot->host.iommu == TRI_NO)
			strbuf_printf(out, "\nThis machine has no IOMMU in use. %s\n",
				      list_iommu_advice(snapshot->host.machine));
	}
	for (int i = 0; i < COLUMN_COUNT; i++)
		out->error = out->error ? out->error : row.cells[i].error;
	row_free(&row);
}
