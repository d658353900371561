/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the answer of `run`, `judge` and `merge` goes, and in which form. */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "base/attr.h"
#include "cli/appearance.h"
#include "cli/follower.h"
#include "model/evidence.h"
#include "model/verdict.h"
#include "render/formats.h"

#define REPORTS_MAX 16

struct answer_report {
	const struct format *format;
	const char *path;
};

/* Zeroed it is text on standard output. The paths are borrowed. */
struct answer_options {
	const struct format *format; /* on standard output; NULL: text */
	struct appearance appearance;
	struct answer_report reports[REPORTS_MAX];
	size_t report_count;
	bool of_fleet; /* of many hosts, which has fewer forms */
	bool kept; /* elsewhere too: nothing is lost when nobody reads standard output any more */
};

/*
 * --json, --format, --report and how text looks; with answer_argp also --jsonl, for events as they
 * come. The input is a struct answer_options.
 */
extern const struct argp answer_form_argp, answer_argp;

/*
 * For another option that asks for a report: ends the program with what is wrong with @path, which
 * is borrowed, or adds it. @given is the option as it was given.
 */
void answer_add_report(struct answer_options *options, const char *given,
		       const struct format *format, const char *path,
		       const struct argp_state *state);

/*
 * Whether each report could be written now, and none would replace another one or @other, the
 * evidence (NULL: there is none). To be asked before anything is reset. Returns EXIT_GOOD, or
 * EXIT_ERROR after one line on stderr.
 */
int answer_prepare(const char *name, const struct answer_options *options,
		   const char *other) _must_check_;

/*
 * Adds a follower for each form that is written while the run goes; @live as for stream_follow().
 * To be called after answer_prepare(). Returns EXIT_GOOD, or EXIT_ERROR after one line on stderr.
 */
int answer_follow(const char *name, const struct answer_options *options, bool live,
		  struct followers *followers) _must_check_;

/*
 * Tells the followers of the end and says on stderr which of them failed since the beginning.
 * Returns @exit_status, or EXIT_ERROR.
 */
int answer_tell_end(const char *name, const struct answer_options *options,
		    struct followers *followers, const struct run_evidence *run,
		    const struct run_result *result, int exit_status) _must_check_;

/* An answer: what can write itself into @out in a form, all of it. Returns 0 or -errno. */
struct answer_content {
	int (*write)(const void *of, const struct format *format, FILE *out, int exit_status,
		     const struct text_style *style);
	const void *of;
};

/*
 * Writes the reports, then standard output. One that cannot be written is told on stderr, and the
 * others are written all the same. What was written while the run went is not written again.
 * Returns @exit_status, or EXIT_ERROR.
 */
int answer_write(const char *name, const struct answer_options *options,
		 const struct answer_content *content, int exit_status) _must_check_;

/* The same of a run, as judged. */
int answer_write_run(const char *name, const struct answer_options *options,
		     const struct run_evidence *run, const struct run_result *result,
		     int exit_status) _must_check_;

/*
 * The last: waits until whoever reads what was written while the run went has taken it all. Returns
 * @exit_status, EXIT_ERROR, or 128+N when signal N ended the wait for one who stands still.
 */
int answer_finish(const char *name, const struct answer_options *options,
		  struct followers *followers, int exit_status) _must_check_;

#endif
