/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binary ring buffers of the tool's instance. */
#ifndef OBSERVE_TRACE_READ_H
#define OBSERVE_TRACE_READ_H

#include <stdint.h>

#include "base/attr.h"
#include "observe/trace_pair.h"

struct tracefs_instance;
struct trace_reader;

/* Learns the formats; the probes exist already. Returns 0, -ENOMEM or -EIO. */
int trace_reader_open(struct tracefs_instance *instance, struct trace_reader **out) _must_check_;

/* What the buffers have dropped since they were made. */
uint64_t trace_dropped(const struct trace_reader *reader, struct tracefs_instance *instance);

/*
 * Takes all events of the tool out of the instance's buffers, in no order, and adds to *lost what
 * cannot be decoded. Returns 0, -ENOMEM, or -errno.
 */
int trace_reader_read(struct trace_reader *reader, struct tracefs_instance *instance,
		      struct raw_events *raw, uint64_t *lost) _must_check_;

/* NULL is nothing. */
void trace_reader_close(struct trace_reader *reader);

#endif
