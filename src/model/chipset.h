/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that the chipset or the firmware uses, whether or not a driver is bound to them. */
#ifndef MODEL_CHIPSET_H
#define MODEL_CHIPSET_H

#include "model/snapshot.h"

/*
 * What such a function is, by its class ("an SMBus controller"); NULL for all others. Nothing on
 * the machine shows who uses one: the firmware, the management controller, other functions. Pure.
 */
const char *function_chipset_role(const struct function *function);

#endif
