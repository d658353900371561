/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Carries out one planned step and gathers what was seen. */
#ifndef STEP_STEP_H
#define STEP_STEP_H

#include "base/attr.h"
#include "base/root.h"
#include "journal/journal.h"
#include "model/evidence.h"
#include "model/snapshot.h"
#include "model/plan.h"
#include "step/execution.h"
#include "step/late.h"
#include "step/link.h"
#include "step/observers.h"
#include "step/traffic.h"
#include "step/worker.h"

struct step_options {
	struct journal *journal;	 /* borrowed; what it cannot take is not changed */
	struct workers *workers;	 /* borrowed, kept from step to step; may be NULL */
	struct late_resets *late;	 /* borrowed; gets those that have not returned */
	const struct patience *patience; /* borrowed; with a reset that does not return */
	unsigned int timeout_s;		 /* 0: by method */
	disk_open_fn open_disk;		 /* for the scenario that reads disks */
	link_find_fn find_link;		 /* .. and lets network interfaces send */
	taken_fn find_taken;		 /* before what that used is left again */
	claim_disks_fn claim_disks;	 /* while a driver is taken off */
	bool on_hang_continue;		 /* go on behind other bridges when a reset hangs */
};

/*
 * Selects the method where it has to be, triggers all functions at once, and puts the lists back
 * before it returns, whatever happened. A reset that fails, hangs or loses the device is evidence,
 * not an error, and one that was begun is never without: what goes wrong from then on is told by
 * @step. It is filled; it must have its number and otherwise be zeroed.
 * Returns 0; -errno when nothing was reset (then nothing is changed, and @failed holds the path at
 * fault, or is empty; or something could not be put back, and @failed says what).
 * Writes hardware.
 */
int step_run(const struct root *root, const struct snapshot *snapshot,
	     const struct plan_step *planned, const struct step_options *options,
	     struct observers *observers, struct step_evidence *step,
	     char failed[WHY_MAX]) _must_check_;

#endif
