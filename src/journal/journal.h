/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The journal of a run: before each change on the machine its record is on disk, so that whoever
 * comes after a run that died knows what to put back.
 *
 *	r = journal_change(journal, &change);    on disk when it returns 0, else change nothing
 *	... the change, its use, and its undoing, read back ...
 *	journal_undone(journal, change.id);      only when it was read back as it was before
 */
#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include "base/attr.h"
#include "journal/state.h"

#define JOURNAL_FILE "journal"

struct journal;

/*
 * Reads the journal in the state directory @directory_fd; none is a state that is not present.
 * Returns 0; what journal_state_parse() returns; -ELOOP, -EPERM: a link, or not ours alone; -EFBIG;
 * or another -errno. @state must be zeroed; freed by journal_state_free().
 */
int journal_read(int directory_fd, struct journal_state *state) _must_check_;

/*
 * Begins a journal in place of the one there is, with what @state carries over: changes not yet
 * undone, completed steps, and steps during which the host went down. @state is emptied; its head
 * is that of the new run. @directory_fd is borrowed. Returns 0 or -errno, and then the old journal
 * is still there. Freed by journal_close().
 */
int journal_begin(int directory_fd, struct journal_state *state, struct journal **out) _must_check_;

/*
 * Goes on with the journal that @state was read from, so that undoing can be recorded: a clean copy
 * takes its place. @state is emptied. Returns 0 or -errno, and then the old one is still there.
 */
int journal_continue(int directory_fd, struct journal_state *state,
		     struct journal **out) _must_check_;

/*
 * Puts the record of a change on disk, and all records before it. Sets change->id. Returns 0 or
 * -errno: then the change must not be made. After an error of the disk every later call fails too.
 */
int journal_change(struct journal *journal, struct change *change) _must_check_;

/* The same but for the disk: to be followed by journal_sync() before any such change is made. */
int journal_announce(struct journal *journal, struct change *change) _must_check_;

/*
 * The change is undone, and was read back. Not synced: what is lost in a crash of the host needs no
 * undoing. A record that cannot be written is remembered for journal_error(), no more: undoing
 * twice harms nothing.
 */
void journal_undone(struct journal *journal, unsigned int id);

/* A change that is not undone; NULL for none of that id. Borrowed until the next call. */
const struct change *journal_find_change(const struct journal *journal, unsigned int id);

/*
 * A step begins. Not on disk before journal_change() or journal_sync(), one of which must come
 * before the reset. Returns 0 or -errno.
 */
int journal_step_begin(struct journal *journal, const struct journal_step *step) _must_check_;
int journal_sync(struct journal *journal) _must_check_;

/*
 * The reset of that function in the step that was begun has not returned, and the step goes on
 * without it. To be said of each before the step's end. When the host goes down before
 * journal_returned(), it is taken to be why.
 */
void journal_hung(struct journal *journal, const char *function, uint16_t vendor, uint16_t device);
void journal_returned(struct journal *journal, unsigned int step, const char *function);

/* The step that was begun has ended, and nothing of it is under way any more but what hangs. */
void journal_step_end(struct journal *journal);

/* The run has ended; @signal as in evidence. What is not undone stays in the journal. */
void journal_end(struct journal *journal, int signal);

/* The first error of a record that was not put in, 0 for none, else -errno. */
int journal_error(const struct journal *journal);

/* NULL is nothing. */
void journal_close(struct journal *journal);

#define _cleanup_journal_ _cleanup_(cleanup_journal)
static inline void cleanup_journal(struct journal **journal)
{
	journal_close(*journal);
}

#endif
