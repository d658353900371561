/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The registers whose values are compared before and after a reset, and which of their bits it may
 * change. Sources: PCI Express Base 6.0, CXL 3.1, and what Linux saves and restores
 * (pci_save_state(), pci_restore_state(), drivers/pci/pci.c, 6.12 to 7.3).
 */
#ifndef JUDGE_CONFIG_REGISTERS_H
#define JUDGE_CONFIG_REGISTERS_H

#include <stddef.h>
#include <stdint.h>

enum config_keep {
	CONFIG_IGNORED,	 /* no meaning outside of its own moment, or fixed */
	CONFIG_MAY,	 /* may change in a reset */
	CONFIG_DRIVER,	 /* kept, but a bound driver may write it anew afterwards */
	CONFIG_KEPT,	 /* kept, whoever is bound */
	CONFIG_NOT_LESS, /* a link's speed or width: may rise, must not fall */
	CONFIG_NOT_OPEN, /* the CXL port's SBR mask: the kernel opens it for cxl_bus alone */
};

struct config_field {
	uint32_t mask;
	const char *name;
	enum config_keep keep;
	const char *const *words; /* by value, ending with NULL; NULL: numbers */
};

enum config_place {
	CONFIG_HEADER,	      /* of any function */
	CONFIG_HEADER_DEVICE, /* type 0 */
	CONFIG_HEADER_BRIDGE, /* type 1 */
	CONFIG_CAPABILITY,
	CONFIG_EXTENDED,
	CONFIG_CXL_PORT,
};

/* @offset_bytes counts from the header's or the capability's start. */
struct config_row {
	const char *name;
	enum config_place place;
	uint16_t id; /* of the capability */
	uint16_t offset_bytes;
	uint8_t width_bytes;
	enum config_keep rest;		   /* of the bits that no field names */
	const char *why;		   /* why it may change, or who puts it back */
	const struct config_field *fields; /* ending with a mask of 0; NULL: the whole register */
	/* Compared only where these bits of the capability were within these bounds before. */
	struct {
		uint16_t offset_bytes;
		uint16_t mask; /* 0: always */
		uint16_t min, max;
	} when;
};

/* NULL behind the last one. Pure. */
const struct config_row *config_row_at(size_t index);

#endif
