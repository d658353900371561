/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Record by record, with what is missing between them. */
#ifndef OBSERVE_KMSG_READER_H
#define OBSERVE_KMSG_READER_H

#include "model/evidence.h"
#include "observe/kmsg_device.h"

#define KMSG_RECORD_BYTES_MAX 16384 /* the kernel's CONSOLE_EXT_LOG_MAX is 8192 */

struct kmsg_reader {
	struct kmsg_device *device; /* borrowed */
	bool sequence_known;
	uint64_t sequence_next;
	uint64_t lost; /* records that were not got, or were none; the owner may set it to 0 */
	char buffer[KMSG_RECORD_BYTES_MAX];
};

/*
 * Reads the next record, whose strings stay until the next call. Returns 1, 0 at the end of what
 * there is, or -errno when the log can no longer be read.
 */
int kmsg_reader_next(struct kmsg_reader *reader, struct log_record *record) _must_check_;

#endif
