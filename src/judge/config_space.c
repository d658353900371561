// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/config_space.h"

#include <errno.h>
#include <linux/pci_regs.h>

#include "judge/config_registers.h"
#include "judge/config_walk.h"

struct comparison {
	struct step_result *result;
	const char *function;
	const struct config_space *before, *after;
	bool driven;
};

static struct register_change *add(struct comparison *c, const char *name, unsigned int width_bytes,
				   uint32_t before, uint32_t after)
{
	struct register_change *change = result_add_register(c->result);

	if (!change)
		return NULL;
	snprintf(change->function, sizeof(change->function), "%s", c->function);
	snprintf(change->name, sizeof(change->name), "%s", name);
	change->width_bytes = width_bytes;
	change->before = before;
	change->after = after;
	return change;
}

/* The start of what the row's offset counts from; false when the function has no such thing. */
static bool locate(const struct config_row *row, const struct config_space *config,
		   unsigned int *start)
{
	unsigned int type = config_value(config, PCI_HEADER_TYPE, 1) & 0x7f;

	*start = 0;
	switch (row->place) {
	case CONFIG_HEADER:
		return true;
	case CONFIG_HEADER_DEVICE:
		return type == PCI_HEADER_TYPE_NORMAL;
	case CONFIG_HEADER_BRIDGE:
		return type == PCI_HEADER_TYPE_BRIDGE;
	case CONFIG_CAPABILITY:
		*start = config_capability(config, row->id);
		break;
	case CONFIG_EXTENDED:
		*start = config_extended(config, row->id);
		break;
	case CONFIG_CXL_PORT:
		*start = config_cxl_port(config);
		break;
	}
	return *start != 0;
}

static bool applies(const struct config_row *row, const struct config_space *config,
		    unsigned int start)
{
	uint32_t bits;

	if (!row->when.mask)
		return true;
	bits = config_value(config, start + row->when.offset_bytes, 2) & row->when.mask;
	return bits >= row->when.min && bits <= row->when.max;
}

static enum register_verdict verdict_of(const struct comparison *c, enum config_keep keep,
					uint32_t before, uint32_t after)
{
	switch (keep) {
	case CONFIG_IGNORED:
	case CONFIG_MAY:
		break;
	case CONFIG_DRIVER:
		return c->driven ? REGISTER_DRIVERS : REGISTER_NOT_KEPT;
	case CONFIG_KEPT:
		return REGISTER_NOT_KEPT;
	case CONFIG_NOT_LESS:
		return after < before ? REGISTER_LINK_LESS : REGISTER_MAY_CHANGE;
	case CONFIG_NOT_OPEN:
		return after ? REGISTER_SBR_OPEN : REGISTER_NOT_KEPT;
	}
	return REGISTER_MAY_CHANGE;
}

static const char *word(const struct config_field *field, uint32_t value)
{
	for (uint32_t i = 0; field->words && field->words[i]; i++)
		if (i == value)
			return field->words[i];
	return NULL;
}

/* "Bus Master lost", "Speed 16 GT/s -> 8 GT/s", "Width 8 -> 4". */
static void describe(struct register_change *change, const struct config_field *field,
		     uint32_t before, uint32_t after)
{
	size_t length = strlen(change->bits);
	char *at = change->bits + length;
	size_t size = sizeof(change->bits) - length;
	const char *parted = length ? ", " : "";

	if (!(field->mask & (field->mask - 1)))
		snprintf(at, size, "%s%s %s", parted, field->name, after ? "set" : "lost");
	else if (word(field, before) && word(field, after))
		snprintf(at, size, "%s%s %s -> %s", parted, field->name, word(field, before),
			 word(field, after));
	else
		snprintf(at, size, "%s%s %u -> %u", parted, field->name, before, after);
}

struct row_change {
	bool differs;
	enum register_verdict worst;
	struct register_change described;
};

static void weigh(const struct comparison *c, struct row_change *change, enum config_keep keep,
		  uint32_t before, uint32_t after)
{
	enum register_verdict verdict = verdict_of(c, keep, before, after);

	if (!change->differs || verdict > change->worst)
		change->worst = verdict;
	change->differs = true;
}

static struct row_change compare_values(const struct comparison *c, const struct config_row *row,
					uint32_t before, uint32_t after)
{
	struct row_change change = {0};
	uint32_t rest = UINT32_MAX;

	for (const struct config_field *field = row->fields; field && field->mask; field++) {
		uint32_t low = field->mask & -field->mask;
		uint32_t was = (before & field->mask) / low, is = (after & field->mask) / low;

		rest &= ~field->mask;
		if (was == is || field->keep == CONFIG_IGNORED)
			continue;
		describe(&change.described, field, was, is);
		weigh(c, &change, field->keep, was, is);
	}
	if ((before & rest) != (after & rest) && row->rest != CONFIG_IGNORED)
		weigh(c, &change, row->rest, before & rest, after & rest);
	return change;
}

static int compare_row(struct comparison *c, const struct config_row *row, unsigned int at)
{
	uint32_t before, after;
	struct row_change change;
	struct register_change *added;

	if (!config_holds(c->before, at, row->width_bytes))
		return 0;
	before = config_value(c->before, at, row->width_bytes);
	after = config_value(c->after, at, row->width_bytes);
	if (before == after)
		return 0;
	change = compare_values(c, row, before, after);
	if (!change.differs)
		return 0;
	added = add(c, row->name, row->width_bytes, before, after);
	if (!added)
		return -ENOMEM;
	memcpy(added->bits, change.described.bits, sizeof(added->bits));
	added->verdict = change.worst;
	added->why = row->why;
	return 0;
}

/* A capability that no longer stands where it stood: its registers say nothing any more. */
static bool capability_stays(const struct comparison *c, const struct config_row *row,
			     unsigned int start)
{
	unsigned int bytes = row->place == CONFIG_CAPABILITY ? 1 : 2;

	return row->place < CONFIG_CAPABILITY ||
	       config_value(c->before, start, bytes) == config_value(c->after, start, bytes);
}

static int add_missing(struct comparison *c, const struct config_row *row, unsigned int start)
{
	unsigned int bytes = row->place == CONFIG_CAPABILITY ? 1 : 2;
	struct register_change *change;
	char name[32];

	snprintf(name, sizeof(name), "Capability at 0x%03x", start);
	for (size_t i = 0; i < c->result->register_count; i++)
		if (streq(c->result->registers[i].function, c->function) &&
		    streq(c->result->registers[i].name, name))
			return 0;
	change = add(c, name, bytes, config_value(c->before, start, bytes),
		     config_value(c->after, start, bytes));
	if (!change)
		return -ENOMEM;
	snprintf(change->bits, sizeof(change->bits), "the capability of %s is gone", row->name);
	change->verdict = REGISTER_NOT_KEPT;
	change->why = "capabilities are read-only";
	return 0;
}

static int compare_rows(struct comparison *c)
{
	const struct config_row *row;

	for (size_t i = 0; (row = config_row_at(i)); i++) {
		unsigned int start;
		int r;

		if (!locate(row, c->before, &start) || !applies(row, c->before, start))
			continue;
		if (capability_stays(c, row, start))
			r = compare_row(c, row, start + row->offset_bytes);
		else
			r = add_missing(c, row, start);
		if (r < 0)
			return r;
	}
	return 0;
}

int config_compare(struct step_result *result, const char *function,
		   const struct config_space *before, const struct config_space *after, bool driven)
{
	struct comparison c = {result, function, before, after, driven};

	if (!before->readable || !after->readable || config_all_ones(before) ||
	    before->length_bytes < PCI_STD_HEADER_SIZEOF)
		return 0;
	/* What no longer answers cannot be compared any further. */
	if (after->length_bytes < before->length_bytes) {
		struct register_change *change =
			add(&c, "Length", 2, before->length_bytes, after->length_bytes);

		if (!change)
			return -ENOMEM;
		change->verdict = REGISTER_NOT_KEPT;
		change->why = "the space is as long as it was";
		return 0;
	}
	return compare_rows(&c);
}
