/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records of the ring buffers made events, by the formats the kernel describes. */
#ifndef OBSERVE_TRACE_DECODE_H
#define OBSERVE_TRACE_DECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "observe/trace_pair.h"

/* Marks written to trace_marker; the number of the step follows. */
#define TRACE_MARK_BEGIN_TEXT "iommu-resettest begin step="
#define TRACE_MARK_END_TEXT "iommu-resettest end step="

struct tep_record;
struct trace_decoder;

/* Learns the formats; the probes exist already. Returns 0, -ENOMEM or -EIO. */
int trace_decoder_open(struct trace_decoder **out) _must_check_;

/*
 * Fills @raw from @record, and adds to *lost what cannot be decoded of it. Returns false when it is
 * none of the tool's events.
 */
bool trace_decode(struct trace_decoder *decoder, struct tep_record *record, struct raw_event *raw,
		  uint64_t *lost);

/* NULL is nothing. */
void trace_decoder_close(struct trace_decoder *decoder);

#endif
