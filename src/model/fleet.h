/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results of many hosts in one answer: the worst one of a host is the host's, the worst host's is
 * all's. */
#ifndef MODEL_FLEET_H
#define MODEL_FLEET_H

#include "base/attr.h"
#include "model/host_result.h"

/* Made by fleet_conclude(). */
struct fleet_host {
	size_t first,
		count; /* its results in the fleet's: the worst, and of those the newest, first */
	bool expected; /* it is one of those that were expected */
};

/* Zeroed it is empty. */
struct fleet {
	struct host_result *results;
	size_t result_count;
	char **expected; /* names */
	size_t expected_count;
	struct fleet_host *hosts; /* the worst first, then by name */
	size_t host_count;
	size_t counts[HOST_RANK_COUNT]; /* of hosts */
};

#define _cleanup_fleet_ _cleanup_(fleet_free)

/* Appends a zeroed result, in which at least the name must be set, and returns it; NULL when memory
 * is short. It moves when another one is added. */
struct host_result *fleet_add(struct fleet *fleet);

/* Appends a result of which nothing is known, and why. Returns 0 or -ENOMEM. */
int fleet_add_unknown(struct fleet *fleet, const char *name, const char *source,
		      const char *why) _must_check_;

/* A host of this name should have a result. Returns 0 or -ENOMEM. */
int fleet_expect(struct fleet *fleet, const char *name) _must_check_;

/*
 * Makes the hosts out of all results; a host that was expected and has none gets an unknown one.
 * Names differ in more than case. One with a domain is also the expected one of its first label,
 * and the other way round, unless there are several. What was tested on a host is moved to its
 * worst result. Once, when all is added. Returns 0 or -ENOMEM.
 */
int fleet_conclude(struct fleet *fleet) _must_check_;

/* The worst result of a host. Pure. */
const struct host_result *fleet_host_result(const struct fleet *fleet,
					    const struct fleet_host *host);

/* The index of the worst verdict in host_rank_names, for at least one host. Pure. */
unsigned int fleet_rank(const struct fleet *fleet);

/* 0: all hosts are good; 1: one is bad; 4: else. Pure. */
int fleet_exit_status(const struct fleet *fleet);

/* How many hosts there are of which something is to be said. */
struct fleet_notes {
	size_t several;	   /* with more than one result */
	size_t checked;	   /* by `check` alone */
	size_t unexpected; /* where some are expected */
	size_t missing;	   /* expected, and there is nothing of them */
	size_t unread;	   /* unknown, with a file that gives no result */
};

/* Pure. */
struct fleet_notes fleet_notes(const struct fleet *fleet);

/*
 * The name of a host that has only that of the file @path: without folders, and without .json,
 * .jsonl, .ev or .txt. Fills @out. Pure.
 */
void fleet_name_of_file(const char *path, char *out, size_t size_bytes);

/* Whether a host's name for itself tells it from others: "", "(none)" and "localhost" do not. Pure.
 */
bool fleet_is_name(const char *nodename);

void fleet_free(struct fleet *fleet);

#endif
