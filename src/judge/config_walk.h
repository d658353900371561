/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the registers of a configuration space are. What is read is what a device said: lists may
 * loop, point anywhere or be cut off.
 */
#ifndef JUDGE_CONFIG_WALK_H
#define JUDGE_CONFIG_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "model/evidence.h"

/* The @bytes (1 to 4) at @at, little endian; 0 beyond what could be read. Pure. */
uint32_t config_value(const struct config_space *config, unsigned int at, unsigned int bytes);

/* Whether these bytes could be read. Pure. */
bool config_holds(const struct config_space *config, unsigned int at, unsigned int bytes);

/* Whether nothing answers: every byte that was read is 0xff. Pure. */
bool config_all_ones(const struct config_space *config);

/* The offset of a capability, of an extended one, of the CXL port's DVSEC; 0 for none. Pure. */
unsigned int config_capability(const struct config_space *config, unsigned int id);
unsigned int config_extended(const struct config_space *config, unsigned int id);
unsigned int config_cxl_port(const struct config_space *config);

#endif
