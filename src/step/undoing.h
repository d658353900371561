/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One change on its way back: shared by the parts that undo. */
#ifndef STEP_UNDOING_H
#define STEP_UNDOING_H

#include "base/root.h"
#include "journal/state.h"
#include "model/recovery.h"
#include "model/snapshot.h"
#include "step/undo.h"

struct undoing {
	const struct root *root;
	const struct snapshot *snapshot;
	listened_fn listened;
	const struct change *change;
	const struct change *older; /* those that are undone after it */
	size_t older_count;
	struct recovery_item *item;
	const char *quieted; /* the function whose interface was taken down last; NULL: none */
};

/* Says what has become of the change, and returns @outcome. */
enum recovery_outcome undoing_say(const struct undoing *u, enum recovery_outcome outcome,
				  const char *format, ...) _printf_(3, 4);

/* Says what the user can do about it. */
void undoing_advise(const struct undoing *u, const char *format, ...) _printf_(2, 3);

/* Puts reset_method back. Writes hardware. */
enum recovery_outcome undo_methods(const struct undoing *u);

/* Takes the function's network interface down, and notes that in @u. Changes the machine. */
enum recovery_outcome undo_link(struct undoing *u);

#endif
