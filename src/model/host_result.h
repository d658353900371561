/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one run on one host came to, in a few rows: for tables of many runs and hosts. */
#ifndef MODEL_HOST_RESULT_H
#define MODEL_HOST_RESULT_H

#include "base/attr.h"
#include "model/verdict.h"

/* How long the resets took that returned success. All 0 when there were none. */
struct latency_figures {
	uint64_t count;
	uint64_t min_ns, median_ns, p99_ns, max_ns;
};

/* One series: the same step in each round. */
struct host_row {
	char scenario[24]; /* a word, since newer programs know more of them */
	char method[METHOD_NAME_MAX];
	char *functions; /* "0000:01:00.0 + 0000:02:00.0" */
	uint64_t counts[STEP_VERDICT_COUNT];
	struct latency_figures latency;
	unsigned int step; /* the worst one that is kept, by its number; 0: none, or not known */
};

/* Zeroed it is a host of which nothing is known. Strings are owned, NULL when there are none. */
struct host_result {
	char *name;
	char *source; /* the file that says so */
	char release[65];
	char started[32];
	bool known;   /* there is a result; else @why says why not */
	bool checked; /* it is that of `check`: nothing was reset */
	enum run_verdict verdict;
	char *why;
	char slug[40]; /* the first finding, or the first reason why nothing was shown; "" for none
			*/
	char *text;    /* what the verdict rests on, one sentence */
	uint64_t counts[STEP_VERDICT_COUNT];
	struct host_row *rows;
	size_t row_count;
	char anchor[16]; /* of its details on the same page; "" when they are not there */
};

#define _cleanup_host_result_ _cleanup_(host_result_clear)

/*
 * Fills a zeroed @host from a judged run. @source is the file it comes from. Returns 0 or
 * -ENOMEM.
 */
int host_result_take(struct host_result *host, const char *source, const struct run_evidence *run,
		     const struct run_result *result) _must_check_;

/*
 * The host's name; where it has none, that of the file that @source is, or its kernel's when that
 * is NULL. Borrowed from the arguments. Pure.
 */
const char *host_result_name(const struct run_evidence *run, const char *source);

/* Appends a zeroed row and returns it, NULL when memory is short. */
struct host_row *host_result_add_row(struct host_result *host);

/* The worst that the series came to: fail, inconclusive, pass, skip. Pure. */
enum step_verdict host_row_verdict(const struct host_row *row);

/*
 * For sorting, 0 is the worst: vulnerable, broken, unknown, inconclusive, skipped, then what is
 * good. Pure.
 */
unsigned int host_result_rank(const struct host_result *host);
#define HOST_RANK_COUNT 7
extern const char *const host_rank_names[HOST_RANK_COUNT]; /* "vulnerable", ... "unknown" ... */

/* As qsort() wants it: the worst comes first, then by name and by when it started. Pure. */
int host_result_compare(const struct host_result *one, const struct host_result *other);

/* "vulnerable", ... or "unknown". Pure. */
const char *host_result_word(const struct host_result *host);

/*
 * The run was ended before its time, so it shows nothing good: a good verdict becomes inconclusive,
 * with @text as the reason. Returns 0 or -ENOMEM.
 */
int host_result_end_early(struct host_result *host, const char *text) _must_check_;

/* Frees what it points to and empties it. */
void host_result_clear(struct host_result *host);

#endif
