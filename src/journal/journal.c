// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/read_all.h"
#include "base/write_all.h"
#include "journal/lines.h"

#define NEW_FILE JOURNAL_FILE ".new"
/* A journal that grows beyond this is rewritten with what still counts. */
#define REWRITE_BYTES (1U << 20)
#define READ_BYTES_MAX (256U << 20)

struct journal {
	int directory_fd; /* borrowed */
	int fd;
	struct journal_state state; /* what the file tells */
	unsigned int next_id;
	off_t size_bytes; /* of the whole lines in the file */
	off_t rewrite_at_bytes;
	struct strbuf pending; /* lines not yet written */
	bool step_pending;     /* the step's beginning is among them */
	bool dirty;	       /* written and not synced */
	int error;	       /* of the file: nothing more may be changed */
	int first_error;
};

static int open_file(int directory_fd)
{
	int fd = openat(directory_fd, JOURNAL_FILE, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	int r = 0;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) < 0)
		r = -errno;
	else if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || status.st_nlink != 1 ||
		 (status.st_mode & (S_IWGRP | S_IWOTH)))
		r = -EPERM;
	else if (status.st_size > READ_BYTES_MAX)
		r = -EFBIG;
	if (r < 0) {
		close(fd);
		return r;
	}
	return fd;
}

int journal_read(int directory_fd, struct journal_state *state)
{
	_cleanup_close_ int fd = open_file(directory_fd);
	_cleanup_strbuf_ struct strbuf text = {0};
	int r;

	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return fd;
	r = read_all(fd, READ_BYTES_MAX, &text);
	return r < 0 ? r : journal_state_parse(text.text, text.length_bytes, state);
}

/* Fills the new file and puts it in the place of the old one, so that there always is a whole one.
 */
static int replace_file(const struct journal *journal, int fd, const struct strbuf *text)
{
	int r = write_all(fd, text->text, text->length_bytes);

	if (r < 0)
		return r;
	if (fsync(fd) < 0)
		return -errno;
	if (renameat(journal->directory_fd, NEW_FILE, journal->directory_fd, JOURNAL_FILE) < 0)
		return -errno;
	return 0;
}

static int sync_directory(int fd)
{
	/* File systems that cannot sync a directory say EINVAL. */
	return fsync(fd) < 0 && errno != EINVAL ? -errno : 0;
}

/* Rewrites the file with what still counts. On failure the old file goes on. */
static int rewrite(struct journal *journal)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	int fd, r;

	journal_state_write(&text, &journal->state);
	if (text.error)
		return text.error;
	if (unlinkat(journal->directory_fd, NEW_FILE, 0) < 0 && errno != ENOENT)
		return -errno;
	fd = openat(journal->directory_fd, NEW_FILE,
		    O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	r = replace_file(journal, fd, &text);
	if (r < 0) {
		unlinkat(journal->directory_fd, NEW_FILE, 0);
		close(fd);
		return r;
	}
	if (journal->fd >= 0)
		close(journal->fd);
	journal->fd = fd;
	journal->size_bytes = (off_t)text.length_bytes;
	journal->rewrite_at_bytes = 2 * journal->size_bytes + REWRITE_BYTES;
	journal->error = sync_directory(journal->directory_fd);
	return journal->error;
}

static int begin(int directory_fd, struct journal_state *state, struct journal **out)
{
	struct journal *journal = calloc(1, sizeof(*journal));
	int r;

	if (!journal)
		return -ENOMEM;
	journal->directory_fd = directory_fd;
	journal->fd = -1;
	journal->next_id = 1;
	journal->state = *state;
	for (size_t i = 0; i < state->change_count; i++)
		if (state->changes[i].id >= journal->next_id)
			journal->next_id = state->changes[i].id + 1;
	r = rewrite(journal);
	if (r < 0) {
		if (journal->fd >= 0)
			close(journal->fd);
		free(journal);
		return r;
	}
	*state = (struct journal_state){0};
	*out = journal;
	return 0;
}

int journal_begin(int directory_fd, struct journal_state *state, struct journal **out)
{
	state->present = true;
	state->head.version = JOURNAL_VERSION;
	journal_state_settle(state);
	state->ended = false;
	state->signal = 0;
	return begin(directory_fd, state, out);
}

int journal_continue(int directory_fd, struct journal_state *state, struct journal **out)
{
	return begin(directory_fd, state, out);
}

static int remember(struct journal *journal, int error)
{
	if (error < 0 && !journal->first_error)
		journal->first_error = error;
	return error;
}

/* Writes the pending lines whole or, as far as the disk lets it, not at all. */
static int flush(struct journal *journal)
{
	int r = journal->pending.error;

	if (journal->error)
		return journal->error;
	if (r == 0 && journal->pending.length_bytes)
		r = write_all(journal->fd, journal->pending.text, journal->pending.length_bytes);
	if (r == 0) {
		journal->size_bytes += (off_t)journal->pending.length_bytes;
		journal->dirty |= journal->pending.length_bytes > 0;
	} else {
		/* What came after half a line would be lost with it. */
		if (ftruncate(journal->fd, journal->size_bytes) < 0)
			journal->error = r;
		remember(journal, r);
		/* An end without its beginning would look like damage. */
		if (journal->step_pending)
			journal->state.in_flight = false;
	}
	journal->step_pending = false;
	strbuf_free(&journal->pending);
	return r;
}

int journal_sync(struct journal *journal)
{
	int r = flush(journal);

	if (r == 0 && journal->dirty && fdatasync(journal->fd) < 0) {
		r = -errno;
		/* The kernel may have dropped what it could not write: nobody knows what is there.
		 */
		journal->error = r;
	}
	if (r == 0)
		journal->dirty = false;
	return remember(journal, r);
}

int journal_announce(struct journal *journal, struct change *change)
{
	if (journal->error)
		return journal->error;
	change->id = journal->next_id++;
	line_write(&journal->pending, line_of_change(change->kind), change);
	return remember(journal, journal_state_add_change(&journal->state, change));
}

int journal_change(struct journal *journal, struct change *change)
{
	int r = journal_announce(journal, change);

	if (r == 0)
		r = journal_sync(journal);
	if (r < 0)
		journal_state_undone(&journal->state, change->id);
	return remember(journal, r);
}

void journal_undone(struct journal *journal, unsigned int id)
{
	struct undone_record record = {.id = id};

	journal_state_undone(&journal->state, id);
	line_write(&journal->pending, LINE_UNDONE, &record);
	(void)flush(journal);
}

const struct change *journal_find_change(const struct journal *journal, unsigned int id)
{
	for (size_t i = 0; i < journal->state.change_count; i++)
		if (journal->state.changes[i].id == id)
			return &journal->state.changes[i];
	return NULL;
}

int journal_step_begin(struct journal *journal, const struct journal_step *step)
{
	/* Failing to make it shorter is no reason to stop: it only grows on. */
	if (journal->size_bytes > journal->rewrite_at_bytes && !journal->error &&
	    rewrite(journal) < 0)
		journal->rewrite_at_bytes = 2 * journal->size_bytes;
	if (journal->error)
		return journal->error;
	journal->state.step = *step;
	journal->state.in_flight = true;
	journal->step_pending = true;
	line_write(&journal->pending, LINE_STEP, step);
	return remember(journal, journal->pending.error);
}

void journal_hung(struct journal *journal, const char *function, uint16_t vendor, uint16_t device)
{
	struct journal_step hung = journal->state.step;

	if (!journal->state.in_flight)
		return;
	hung.targets[0] = '\0';
	journal_step_target(&hung, function, vendor, device);
	remember(journal, journal_state_add_hung(&journal->state, &hung));
	line_write(&journal->pending, LINE_HUNG, &hung);
	/* Written with the step's end: with half of both the step would look completed. */
}

void journal_returned(struct journal *journal, unsigned int step, const char *function)
{
	struct returned_record record = {.number = step};

	snprintf(record.function, sizeof(record.function), "%s", function);
	journal_state_returned(&journal->state, step, function);
	line_write(&journal->pending, LINE_RETURNED, &record);
	(void)flush(journal);
}

void journal_step_end(struct journal *journal)
{
	struct step_end_record record = {.number = journal->state.step.number};

	if (!journal->state.in_flight)
		return;
	remember(journal, journal_state_step_end(&journal->state, record.number));
	line_write(&journal->pending, LINE_STEP_END, &record);
	(void)flush(journal);
}

void journal_end(struct journal *journal, int signal)
{
	struct end_record record = {.signal = signal};

	journal->state.ended = true;
	journal->state.signal = signal;
	line_write(&journal->pending, LINE_END, &record);
	remember(journal, journal_sync(journal));
}

int journal_error(const struct journal *journal)
{
	return journal->first_error;
}

void journal_close(struct journal *journal)
{
	if (!journal)
		return;
	if (journal->fd >= 0)
		close(journal->fd);
	journal_state_free(&journal->state);
	strbuf_free(&journal->pending);
	free(journal);
}
