/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading several things at the same time. */
#ifndef SNAPSHOT_JOBS_H
#define SNAPSHOT_JOBS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* @run(@arg) returns 0 or -errno, which becomes @error; the rest is jobs_run()'s. */
struct job {
	int (*run)(void *arg);
	void *arg;
	int error;
	pthread_t thread;
	bool started;
};

/*
 * Runs all, the last in this thread and the others each in one of its own as far as there are
 * any, and returns when all have ended: the first error there was, or 0.
 */
int jobs_run(struct job *jobs, size_t count);

#endif
