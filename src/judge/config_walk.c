// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/config_walk.h"

#include <linux/pci_regs.h>

/* As many as fit: a longer list has come back to where it was. */
#define CAPABILITIES_MAX ((PCI_CFG_SPACE_SIZE - PCI_STD_HEADER_SIZEOF) / 4)
#define EXTENDED_MAX ((PCI_CFG_SPACE_EXP_SIZE - PCI_CFG_SPACE_SIZE) / 8)

#define CXL_VENDOR 0x1e98
#define CXL_PORT_DVSEC 3 /* CXL 3.1, 8.1.5 */

bool config_holds(const struct config_space *config, unsigned int at, unsigned int bytes)
{
	return at < config->length_bytes && bytes <= config->length_bytes - at;
}

uint32_t config_value(const struct config_space *config, unsigned int at, unsigned int bytes)
{
	uint32_t value = 0;

	if (!config_holds(config, at, bytes))
		return 0;
	for (unsigned int i = 0; i < bytes; i++)
		value |= (uint32_t)config->bytes[at + i] << (8 * i);
	return value;
}

bool config_all_ones(const struct config_space *config)
{
	for (unsigned int i = 0; i < config->length_bytes; i++)
		if (config->bytes[i] != 0xff)
			return false;
	return config->length_bytes > 0;
}

unsigned int config_capability(const struct config_space *config, unsigned int id)
{
	unsigned int at = config_value(config, PCI_CAPABILITY_LIST, 1) & ~3U;

	if (!(config_value(config, PCI_STATUS, 2) & PCI_STATUS_CAP_LIST))
		return 0;
	for (unsigned int hops = 0; at >= PCI_STD_HEADER_SIZEOF && hops < CAPABILITIES_MAX;
	     hops++) {
		if (config_value(config, at, 1) == id)
			return at;
		at = config_value(config, at + 1, 1) & ~3U;
	}
	return 0;
}

/* The next extended capability of this id after @previous (0: the first). */
static unsigned int next_extended(const struct config_space *config, unsigned int id,
				  unsigned int previous)
{
	unsigned int at = PCI_CFG_SPACE_SIZE;

	if (previous)
		at = PCI_EXT_CAP_NEXT(config_value(config, previous, 4));
	for (unsigned int hops = 0; at >= PCI_CFG_SPACE_SIZE && hops < EXTENDED_MAX; hops++) {
		uint32_t header = config_value(config, at, 4);

		if (header == 0 || header == 0xffffffff)
			return 0;
		if (PCI_EXT_CAP_ID(header) == id)
			return at;
		at = PCI_EXT_CAP_NEXT(header);
	}
	return 0;
}

unsigned int config_extended(const struct config_space *config, unsigned int id)
{
	return next_extended(config, id, 0);
}

unsigned int config_cxl_port(const struct config_space *config)
{
	unsigned int at = 0;

	for (unsigned int hops = 0; hops < EXTENDED_MAX; hops++) {
		at = next_extended(config, PCI_EXT_CAP_ID_DVSEC, at);
		if (!at)
			return 0;
		if (config_value(config, at + PCI_DVSEC_HEADER1, 2) == CXL_VENDOR &&
		    config_value(config, at + PCI_DVSEC_HEADER2, 2) == CXL_PORT_DVSEC)
			return at;
	}
	return 0;
}
