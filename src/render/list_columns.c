// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/list_columns.h"

#include <errno.h>
#include <strings.h>

#include "model/nest.h"

static const char *short_tri(enum tri value)
{
	return value == TRI_UNKNOWN ? "?" : tri_name(value);
}

static void add_word(struct strbuf *out, size_t start, const char *word)
{
	if (out->length_bytes > start)
		strbuf_puts(out, ",");
	strbuf_puts(out, word);
}

static void fill_function(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->bdf);
}

static void fill_group(struct strbuf *out, const struct function *function)
{
	if (function->group != NO_GROUP)
		strbuf_printf(out, "%d", function->group);
}

static void fill_domain(struct strbuf *out, const struct snapshot *snapshot,
			const struct function *function)
{
	const struct group *group = snapshot_group(snapshot, function->group);

	if (function->group != NO_GROUP)
		strbuf_puts(out, group && group->type[0] ? group->type : "?");
}

static void fill_driver(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->driver);
}

static void fill_methods(struct strbuf *out, const struct function *function)
{
	size_t start = out->length_bytes;

	for (unsigned int i = 0; i < function->methods.count; i++)
		add_word(out, start, function->methods.names[i]);
	if (!function->methods.count && function->methods_known != TRI_YES)
		strbuf_puts(out, "?");
}

static void fill_ats(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, short_tri(function->ats));
}

static void fill_pri(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, short_tri(function->pri));
}

static void fill_pasid(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, short_tri(function->pasid));
}

static void fill_cxl_port(struct strbuf *out, const struct function *function)
{
	bool masked = function->cxl_port == TRI_YES && function->sbr_masked == TRI_YES;

	strbuf_puts(out, masked ? "sbr-masked" : short_tri(function->cxl_port));
}

/* "cxl_bus", "device_specific?", or "cxl_bus:no-ats" where nesting would show nothing. */
static void fill_nests(struct strbuf *out, const struct snapshot *snapshot,
		       const struct function *function)
{
	const char *closed = function_gate_reason(snapshot, function);
	size_t start = out->length_bytes;

	for (unsigned int i = 0; i < function->methods.count; i++) {
		enum tri nests = function_method_nests(function, function->methods.names[i]);

		if (nests == TRI_NO)
			continue;
		add_word(out, start, function->methods.names[i]);
		if (nests == TRI_UNKNOWN)
			strbuf_puts(out, "?");
	}
	if (out->length_bytes == start)
		strbuf_puts(out, function->methods_known == TRI_YES ? "" : "?");
	else if (closed)
		strbuf_printf(out, ":%s", closed);
}

static void fill_in_use(struct strbuf *out, const struct function *function)
{
	bool said[USE_KIND_COUNT] = {false};
	size_t start = out->length_bytes;

	for (size_t i = 0; i < function->use_count; i++) {
		enum use_kind kind = function->uses[i].kind;

		if (!said[kind])
			add_word(out, start, use_kind_name(kind));
		said[kind] = true;
	}
}

static void fill_uses(struct strbuf *out, const struct function *function)
{
	for (size_t i = 0; i < function->use_count; i++)
		strbuf_printf(out, "%s%s", i ? "; " : "", function->uses[i].what);
}

static void fill_name(struct strbuf *out, const struct function *function)
{
	strbuf_printf(out, "%s [%04x]: %s%s%s [%04x:%04x]",
		      function->class_name ? function->class_name : "Class",
		      function->class_code >> 8, function->vendor_name ? function->vendor_name : "",
		      function->vendor_name ? " " : "",
		      function->device_name ? function->device_name : "Device", function->vendor,
		      function->device);
}

static void fill_class(struct strbuf *out, const struct function *function)
{
	strbuf_printf(out, "%06x", function->class_code);
}

static void fill_class_name(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->class_name ? function->class_name : "");
}

static void fill_id(struct strbuf *out, const struct function *function)
{
	strbuf_printf(out, "%04x:%04x", function->vendor, function->device);
}

static void fill_vendor(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->vendor_name ? function->vendor_name : "");
}

static void fill_device(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->device_name ? function->device_name : "");
}

static void fill_upstream(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->upstream);
}

static void fill_pf(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->physfn);
}

static void fill_bridge(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, function->is_bridge ? "yes" : "no");
}

static void fill_untrusted(struct strbuf *out, const struct function *function)
{
	strbuf_puts(out, short_tri(function->untrusted));
}

struct column {
	const char *name, *help;
	void (*fill)(struct strbuf *out, const struct function *function);
	/* Instead of it, where the function alone does not tell. */
	void (*fill_from)(struct strbuf *out, const struct snapshot *snapshot,
			  const struct function *function);
};

static const struct column columns_known[LIST_COLUMN_COUNT] = {
	[LIST_FUNCTION] = {"FUNCTION", "address of the function", fill_function, NULL},
	[LIST_GROUP] = {"GROUP", "its IOMMU group", fill_group, NULL},
	[LIST_DOMAIN] = {"DOMAIN", "type of the group's domain", .fill_from = fill_domain},
	[LIST_DRIVER] = {"DRIVER", "driver bound to it", fill_driver, NULL},
	[LIST_METHODS] = {"METHODS", "its reset methods, in the kernel's order", fill_methods,
			  NULL},
	[LIST_ATS] = {"ATS", "has Address Translation Services", fill_ats, NULL},
	[LIST_PRI] = {"PRI", "has the Page Request Interface", fill_pri, NULL},
	[LIST_PASID] = {"PASID", "has Process Address Space IDs", fill_pasid, NULL},
	[LIST_CXL_PORT] = {"CXL-PORT", "a CXL port is above it", fill_cxl_port, NULL},
	[LIST_NESTS] = {"NESTS", "methods that nest, or why that shows nothing",
			.fill_from = fill_nests},
	[LIST_IN_USE] = {"IN-USE", "the kinds of use", fill_in_use, NULL},
	[LIST_USES] = {"USES", "what uses it, in words", fill_uses, NULL},
	[LIST_NAME] = {"NAME", "class, vendor and device, as lspci -nn", fill_name, NULL},
	[LIST_CLASS] = {"CLASS", "class number", fill_class, NULL},
	[LIST_CLASS_NAME] = {"CLASS-NAME", "class in words", fill_class_name, NULL},
	[LIST_ID] = {"ID", "vendor and device number", fill_id, NULL},
	[LIST_VENDOR] = {"VENDOR", "name of the vendor", fill_vendor, NULL},
	[LIST_DEVICE] = {"DEVICE", "name of the device", fill_device, NULL},
	[LIST_UPSTREAM] = {"UPSTREAM", "the bridge above it", fill_upstream, NULL},
	[LIST_PF] = {"PF", "physical function of a VF", fill_pf, NULL},
	[LIST_BRIDGE] = {"BRIDGE", "whether it is a bridge", fill_bridge, NULL},
	[LIST_UNTRUSTED] = {"UNTRUSTED", "outside the machine: no ATS", fill_untrusted, NULL},
};

const char *list_column_name(enum list_column column)
{
	return columns_known[column].name;
}

const char *list_column_help(enum list_column column)
{
	return columns_known[column].help;
}

void list_columns_add(struct list_columns *columns, enum list_column column)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->at[i] == column)
			return;
	columns->at[columns->count++] = column;
}

static bool is_name(enum list_column column, const char *text, size_t length_bytes)
{
	const char *name = columns_known[column].name;

	return strlen(name) == length_bytes && strncasecmp(name, text, length_bytes) == 0;
}

int list_columns_parse(struct list_columns *columns, const char *text, const char **wrong,
		       size_t *wrong_bytes)
{
	for (;; text++) {
		size_t length_bytes = strcspn(text, ",");
		int column = 0;

		while (column < LIST_COLUMN_COUNT && !is_name(column, text, length_bytes))
			column++;
		if (column == LIST_COLUMN_COUNT) {
			*wrong = text;
			*wrong_bytes = length_bytes;
			return -EINVAL;
		}
		list_columns_add(columns, column);
		text += length_bytes;
		if (!*text)
			return 0;
	}
}

void list_column_fill(struct strbuf *out, enum list_column column, const struct snapshot *snapshot,
		      const struct function *function)
{
	if (columns_known[column].fill_from)
		columns_known[column].fill_from(out, snapshot, function);
	else
		columns_known[column].fill(out, function);
}

enum tone list_column_tone(enum list_column column, const char *cell)
{
	if (!*cell)
		return TONE_PLAIN;
	if (column == LIST_IN_USE || column == LIST_USES)
		return TONE_UNSURE;
	if (column == LIST_NESTS)
		return strpbrk(cell, ":?") ? TONE_UNSURE : TONE_GOOD;
	return TONE_PLAIN;
}
