/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the journal tells of the run before: what to put back, what took the host down. */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include "base/attr.h"
#include "base/root.h"
#include "journal/journal.h"
#include "model/plan.h"
#include "model/recovery.h"
#include "model/snapshot.h"

/* Freed by past_free(). */
struct past {
	const char *state_dir; /* borrowed */
	int directory_fd;      /* -1: it is not there */
	char boot_id[BOOT_ID_MAX];
	char nodename[65]; /* of this machine, without domain; "" unknown */
	bool same_boot;	   /* the journal is of this boot */
	struct journal_state state;
	struct recovery recovery;
};

#define PAST_INIT                                                                                  \
	{                                                                                          \
		.directory_fd = -1                                                                 \
	}
#define _cleanup_past_ _cleanup_(past_free)

/*
 * Reads the journal in @state_dir, which need not be there; finds out whether the host went down.
 * Changes nothing. Returns EXIT_GOOD, or EXIT_ERROR after one line on stderr.
 */
int past_read(const char *name, const struct root *root, const char *state_dir,
	      struct past *past) _must_check_;

/* Whether there is something to be undone, or a damaged journal of this boot to be cleaned. */
bool past_pending(const struct past *past);

/*
 * Undoes what is still undone, and settles what was under way, for which the lock must be held;
 * past->recovery tells of it. @snapshot is of now. Returns 0 or -ENOMEM. Writes hardware and the
 * journal.
 */
int past_undo(const struct root *root, const struct snapshot *snapshot,
	      struct past *past) _must_check_;

/*
 * Undoes it before a run, so that this one finds the machine as it should be; @snapshot is read
 * anew then. Returns EXIT_GOOD, or EXIT_ERROR after one line on stderr.
 */
int past_mend(const char *name, const struct root *root, struct past *past,
	      struct snapshot *snapshot) _must_check_;

/* Forgets during which resets the host went down. Returns 0 or -errno. Writes the journal. */
int past_forget(struct past *past) _must_check_;

/*
 * Takes out of @plan the functions during whose reset the host went down, and with @resume the
 * steps that the run before completed. Returns 0 or -ENOMEM.
 */
int past_apply(struct past *past, bool resume, struct plan *plan) _must_check_;

/*
 * Begins the journal of a run, in the state directory, which is made when it is not there. It
 * carries on what past_apply() was made of. @past keeps the directory open and must outlive the
 * journal. Returns EXIT_GOOD, or EXIT_ERROR after one line on stderr.
 */
int past_begin(const char *name, struct past *past, const struct run_evidence *run,
	       struct journal **out) _must_check_;

void past_free(struct past *past);

#endif
