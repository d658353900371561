/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that do cryptography or compression for the kernel. */
#ifndef MODEL_ACCELERATOR_H
#define MODEL_ACCELERATOR_H

#include "model/snapshot.h"

/* Whether it does, by its driver or its class. False for one that has no driver. Pure. */
bool function_is_accelerator(const struct function *function);

/* Whether its driver is known to register an algorithm of that name. Pure. */
bool function_serves_algorithm(const struct function *function, const char *algorithm);

#endif
