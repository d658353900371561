/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of the drivers that may be bound to a function. */
#ifndef MODEL_DRIVER_H
#define MODEL_DRIVER_H

#include "model/snapshot.h"

/*
 * Whether the driver that is bound quiesces its device around a reset and sets it up again: its
 * pci_error_handlers have both reset_prepare and reset_done. False for drivers nobody knows. Pure.
 */
bool function_driver_bears_reset(const struct function *function);

#endif
