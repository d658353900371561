/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The registers of a configuration space that a reset must leave as they were. */
#ifndef JUDGE_CONFIG_SPACE_H
#define JUDGE_CONFIG_SPACE_H

#include <stdint.h>

#include "model/evidence.h"

struct config_register {
	char name[24];
	uint32_t before, after;
};

/*
 * Stores up to @max registers that differ: Command, BARs, Cache Line Size and Interrupt Line are
 * restored by pci_restore_state(), ATS Enable by the IOMMU driver when it attaches the function
 * again, link speed and width by retraining. "Length" is how much of it answers, in bytes; more
 * than before is no difference. Returns how many differ. Pure.
 */
unsigned int config_differences(const struct config_space *before, const struct config_space *after,
				struct config_register *differing, unsigned int max);

#endif
