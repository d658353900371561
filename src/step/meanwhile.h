/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has to be read while a step waits for something else, or it would overflow. */
#ifndef STEP_MEANWHILE_H
#define STEP_MEANWHILE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct meanwhile {
	int fd;			  /* -1: nothing */
	bool (*read)(void *data); /* reads some of what there is; false: there will be no more */
	void *data;
};

/*
 * poll(2) of at most SUBJECTS_MAX descriptors, and returns what that does. If there is something to
 * be read meanwhile, some of it is, which may end the wait early. @meanwhile may be NULL.
 */
int meanwhile_poll(struct meanwhile *meanwhile, struct pollfd *polled, size_t count,
		   int timeout_ms);

/* Waits so long, and reads. @meanwhile may be NULL. */
void meanwhile_pause(struct meanwhile *meanwhile, uint64_t pause_ns);

#endif
