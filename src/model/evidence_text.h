/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The evidence of a run as text that people can read and diff, and back; whole, or step by step in
 * the memory of one step.
 */
#ifndef MODEL_EVIDENCE_TEXT_H
#define MODEL_EVIDENCE_TEXT_H

#include "base/strbuf.h"
#include "model/evidence.h"

/* Appends the whole file. Check @out->error afterwards. */
void evidence_write(struct strbuf *out, const struct run_evidence *run);

/* What was written so far, where steps are written when they have ended. Zeroed at the beginning.
 */
struct evidence_writer {
	unsigned int steps, lines;
	size_t warnings;
	int signal;
};

/*
 * The same in pieces that make a whole file one after the other: what is known before the first
 * step, each step with what was warned of since, and the end. Check @out->error after each.
 */
void evidence_write_head(struct evidence_writer *writer, struct strbuf *out,
			 const struct run_evidence *run);
void evidence_write_step(struct evidence_writer *writer, struct strbuf *out,
			 const struct run_evidence *run, const struct step_evidence *step);
void evidence_write_end(struct evidence_writer *writer, struct strbuf *out,
			const struct run_evidence *run);

/*
 * Parses a whole file. On failure *line is the number of the line at fault (from 1) and @run is
 * empty. Returns 0; -EINVAL: a malformed line; -ENODATA: lines are missing, or the end record is or
 * counts other lines than there are, so the file is not whole; -EPROTO: not an evidence file, or of
 * a version this tool does not read; -ENOMEM. @run must be zeroed; freed by evidence_free().
 */
int evidence_parse(const char *text, struct run_evidence *run, size_t *line) _must_check_;

/*
 * Called when the last step of @run is whole; it may take it away with evidence_drop_step().
 * Returns 0, or -errno, which ends the reading.
 */
typedef int (*evidence_step_fn)(struct run_evidence *run, void *context);

/* A reader under way. Set by evidence_reader_init(); needs no freeing. */
struct evidence_reader {
	struct run_evidence *run; /* borrowed */
	evidence_step_fn on_step; /* may be NULL */
	void *context;
	size_t line;		     /* the number of the line read last */
	unsigned int steps;	     /* begun so far */
	struct step_evidence *step;  /* the one that records belong to, NULL for none */
	struct config_space *config; /* the one that rows belong to, NULL for none */
	int lines_told, lines_seen;  /* of the step */
	bool headed, ended;
	unsigned int end_steps, end_lines; /* what the end record counts */
};

/* @run must be zeroed; freed by evidence_free(), whatever comes of the reading. */
void evidence_reader_init(struct evidence_reader *reader, struct run_evidence *run,
			  evidence_step_fn on_step, void *context);

/* Takes one line in, without its newline; changes it. Returns what evidence_parse() returns. */
int evidence_reader_line(struct evidence_reader *reader, char *line) _must_check_;

/*
 * The text has ended, @rest of it behind the last newline. A file that only lacks its end, since
 * whoever wrote it was killed, is taken for the whole steps it has: run->cut is set. Returns what
 * evidence_parse() returns; a file that ends before its first step is not whole.
 */
int evidence_reader_end(struct evidence_reader *reader, const char *rest) _must_check_;

#endif
