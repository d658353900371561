/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Puts back what a step had to leave changed because its reset had not returned: while a reset
 * walks the list of methods, writing that list would let it go on to another method.
 */
#ifndef CLI_RESTORER_H
#define CLI_RESTORER_H

#include "base/attr.h"
#include "base/root.h"
#include "journal/journal.h"
#include "model/evidence.h"
#include "model/snapshot.h"
#include "step/late.h"

/* All borrowed. */
struct restorer {
	const struct root *root;
	const struct snapshot *snapshot; /* that of the run */
	struct journal *journal;
	struct late_resets *late;
};

/*
 * Puts back at once where the reset has returned since, and leaves the rest to a process of its
 * own, which keeps the lock and waits as long as it takes; the journal must not be written by this
 * one afterwards. Adds to the warnings of @run what becomes of each. Returns 0 or -ENOMEM. Writes
 * hardware.
 */
int restorer_run(const struct restorer *restorer, struct run_evidence *run) _must_check_;

#endif
