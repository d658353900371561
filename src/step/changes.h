/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a step changes besides resetting, and has to put back: driver binding and reset_method. */
#ifndef STEP_CHANGES_H
#define STEP_CHANGES_H

#include "step/execution.h"

/*
 * Takes drivers off and selects the method, as planned, each once its record is in the journal.
 * Returns whether all of it worked; what happened stands in the subjects, and in x->error when it
 * was the journal. Writes hardware.
 */
bool changes_make(struct execution *x);

/*
 * Checks that no driver has come or gone by others' doing since changes_make(), which may have
 * waited for the disk. Returns 0, -ESTALE or -errno with x->failed set. Reads root.
 */
int changes_check_drivers(const struct execution *x) _must_check_;

/*
 * Puts back what changes_make() changed, in reverse order, and reads back how things are now; what
 * is as it was is undone in the journal. A function that is still being reset is left alone. To be
 * called whatever happened in between. Writes hardware.
 */
void changes_undo(struct execution *x);

/*
 * What changes_undo() could not put back, for a step whose evidence is lost: 0 for nothing, else
 * -errno with x->failed saying what. Pure.
 */
int changes_left(const struct execution *x) _must_check_;

/*
 * Checks that a function still is what the plan was made for, and notes its list of methods.
 * Returns 0, -ESTALE, -ENODEV or -errno with x->failed set. Reads root.
 */
int changes_check(const struct execution *x, const struct function *function,
		  struct subject *subject) _must_check_;

/*
 * Puts the record of a change to function @index into the journal; without it the change is not
 * made. Returns whether it is on disk; x->error and x->failed are set when not.
 */
bool changes_record(struct execution *x, size_t index, struct change *change);

#endif
