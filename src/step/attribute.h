/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attributes of a function that a step changes: read, and written by a worker. */
#ifndef STEP_ATTRIBUTE_H
#define STEP_ATTRIBUTE_H

#include "base/attr.h"
#include "base/root.h"
#include "step/worker.h"

/* Selecting and restoring wait for runtime resume and a probe, never for a reset. */
#define METHOD_WRITE_DEADLINE_S 10
/* A driver's probe or remove may wait for its device several times over. */
#define DRIVER_WRITE_DEADLINE_S 120

/* The list in reset_method. Returns 0 or -errno. Reads root. */
int attribute_read_methods(const struct root *root, const char *bdf, char *text,
			   size_t size_bytes) _must_check_;

/* The driver that is bound, "" for none. Returns 0 or -errno. Reads root. */
int attribute_read_driver(const struct root *root, const char *bdf, char *driver,
			  size_t size_bytes) _must_check_;

/*
 * Writes @value to @path, below the root. @workers: who may write it, NULL: a worker for this
 * alone. Returns 0 or a positive errno; ETIMEDOUT: the worker was
 * given up, and what it writes may come true later. Writes hardware.
 */
int attribute_write(const struct root *root, struct workers *workers, const char *path,
		    const char *value, unsigned int deadline_s) _must_check_;

/*
 * The same for putting things back: where no worker can be had, or it was killed, for want of
 * memory or processes, the tool writes on its own: it may then wait longer than it should, and
 * leaves nothing changed.
 */
int attribute_put_back(const struct root *root, struct workers *workers, const char *path,
		       const char *value, unsigned int deadline_s) _must_check_;

#endif
