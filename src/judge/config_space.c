// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/config_space.h"

#include <linux/pci_regs.h>
#include <stdbool.h>
#include <stdio.h>

static uint32_t read_bytes(const struct config_space *config, unsigned int at, unsigned int bytes)
{
	uint32_t value = 0;

	if (at + bytes > config->length_bytes)
		return 0;
	for (unsigned int i = 0; i < bytes; i++)
		value |= (uint32_t)config->bytes[at + i] << (8 * i);
	return value;
}

/* Capability lists may be hostile loops, so the walk is bounded. */
static unsigned int find_capability(const struct config_space *config, unsigned int id)
{
	unsigned int at = read_bytes(config, PCI_CAPABILITY_LIST, 1) & ~3U;

	if (!(read_bytes(config, PCI_STATUS, 2) & PCI_STATUS_CAP_LIST))
		return 0;
	for (unsigned int hops = 0; at >= 0x40 && hops < 48; hops++) {
		if (read_bytes(config, at, 1) == id)
			return at;
		at = read_bytes(config, at + 1, 1) & ~3U;
	}
	return 0;
}

static unsigned int find_extended(const struct config_space *config, unsigned int id)
{
	unsigned int at = PCI_CFG_SPACE_SIZE;

	for (unsigned int hops = 0; at >= PCI_CFG_SPACE_SIZE && hops < 480; hops++) {
		uint32_t header = read_bytes(config, at, 4);

		if (header == 0 || header == 0xffffffff)
			return 0;
		if (PCI_EXT_CAP_ID(header) == id)
			return at;
		at = PCI_EXT_CAP_NEXT(header);
	}
	return 0;
}

struct comparison {
	const struct config_space *before, *after;
	struct config_register *differing;
	unsigned int count, max;
};

static void add(struct comparison *c, const char *name, uint32_t before, uint32_t after)
{
	if (before == after)
		return;
	if (c->count < c->max) {
		struct config_register *reg = &c->differing[c->count];

		snprintf(reg->name, sizeof(reg->name), "%s", name);
		reg->before = before;
		reg->after = after;
	}
	c->count++;
}

static void compare_header(struct comparison *c)
{
	const uint32_t command_mask = PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER |
				      PCI_COMMAND_PARITY | PCI_COMMAND_SERR |
				      PCI_COMMAND_INTX_DISABLE;
	bool normal = (read_bytes(c->before, PCI_HEADER_TYPE, 1) & PCI_HEADER_TYPE_MASK) ==
		      PCI_HEADER_TYPE_NORMAL;

	add(c, "Command", read_bytes(c->before, PCI_COMMAND, 2) & command_mask,
	    read_bytes(c->after, PCI_COMMAND, 2) & command_mask);
	add(c, "Cache Line Size", read_bytes(c->before, PCI_CACHE_LINE_SIZE, 1),
	    read_bytes(c->after, PCI_CACHE_LINE_SIZE, 1));
	for (unsigned int bar = 0; normal && bar < PCI_STD_NUM_BARS; bar++) {
		char name[16];
		unsigned int at = PCI_BASE_ADDRESS_0 + 4 * bar;

		snprintf(name, sizeof(name), "BAR %u", bar);
		add(c, name, read_bytes(c->before, at, 4), read_bytes(c->after, at, 4));
	}
	add(c, "Interrupt Line", read_bytes(c->before, PCI_INTERRUPT_LINE, 1),
	    read_bytes(c->after, PCI_INTERRUPT_LINE, 1));
}

static void compare_express(struct comparison *c)
{
	unsigned int at = find_capability(c->before, PCI_CAP_ID_EXP);
	uint32_t before, after;

	if (!at)
		return;
	add(c, "Device Control", read_bytes(c->before, at + PCI_EXP_DEVCTL, 2),
	    read_bytes(c->after, at + PCI_EXP_DEVCTL, 2));
	before = read_bytes(c->before, at + PCI_EXP_LNKSTA, 2);
	after = read_bytes(c->after, at + PCI_EXP_LNKSTA, 2);
	/* A link may come back faster or wider than it was, never slower or narrower. */
	if ((after & PCI_EXP_LNKSTA_CLS) < (before & PCI_EXP_LNKSTA_CLS))
		add(c, "Link Speed", before & PCI_EXP_LNKSTA_CLS, after & PCI_EXP_LNKSTA_CLS);
	if ((after & PCI_EXP_LNKSTA_NLW) < (before & PCI_EXP_LNKSTA_NLW))
		add(c, "Link Width", (before & PCI_EXP_LNKSTA_NLW) >> PCI_EXP_LNKSTA_NLW_SHIFT,
		    (after & PCI_EXP_LNKSTA_NLW) >> PCI_EXP_LNKSTA_NLW_SHIFT);
}

static void compare_ats(struct comparison *c)
{
	unsigned int at = find_extended(c->before, PCI_EXT_CAP_ID_ATS);

	if (at)
		add(c, "ATS Enable",
		    read_bytes(c->before, at + PCI_ATS_CTRL, 2) & PCI_ATS_CTRL_ENABLE,
		    read_bytes(c->after, at + PCI_ATS_CTRL, 2) & PCI_ATS_CTRL_ENABLE);
}

unsigned int config_differences(const struct config_space *before, const struct config_space *after,
				struct config_register *differing, unsigned int max)
{
	struct comparison c = {
		.before = before, .after = after, .differing = differing, .max = max};

	if (before->length_bytes < PCI_STD_HEADER_SIZEOF)
		return 0;
	/* What no longer answers cannot be compared any further. */
	if (after->length_bytes < before->length_bytes) {
		add(&c, "Length", before->length_bytes, after->length_bytes);
		return c.count;
	}
	compare_header(&c);
	compare_express(&c);
	compare_ats(&c);
	return c.count;
}
