/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has come into use by others since a step was planned. */
#ifndef CLI_TAKEN_H
#define CLI_TAKEN_H

#include "base/root.h"
#include "model/evidence.h"
#include "model/snapshot.h"

/* A taken_fn of step/execution.h. Reads root. */
bool taken_find(const struct root *root, const struct snapshot *planned,
		const struct function *function, char why[WHY_MAX]);

#endif
