/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The binary ring buffers of the tool's instance, decoded by the formats the kernel describes. */
#ifndef OBSERVE_TRACE_READ_H
#define OBSERVE_TRACE_READ_H

#include <stdint.h>

#include "base/attr.h"
#include "observe/trace_pair.h"

/* Marks written to trace_marker; the number of the step follows. */
#define TRACE_MARK_BEGIN_TEXT "iommu-resettest begin step="
#define TRACE_MARK_END_TEXT "iommu-resettest end step="

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
