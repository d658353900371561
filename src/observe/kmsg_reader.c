// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/kmsg_reader.h"

#include <errno.h>

#include "observe/kmsg_record.h"

/* Counts what lies between the last record and this one. */
static void count_missing(struct kmsg_reader *reader, uint64_t sequence, bool overrun)
{
	uint64_t missing = 0;

	if (reader->sequence_known && sequence > reader->sequence_next)
		missing = sequence - reader->sequence_next;
	if (overrun && missing == 0)
		missing = 1;
	reader->lost += missing;
	reader->sequence_next = sequence + 1;
	reader->sequence_known = true;
}

int kmsg_reader_next(struct kmsg_reader *reader, struct log_record *record)
{
	bool overrun = false;

	for (;;) {
		ssize_t length = reader->device->read(reader->device, reader->buffer,
						      sizeof(reader->buffer) - 1);

		if (length < 0 && errno == EAGAIN)
			return 0;
		if (length < 0 && errno == EPIPE) {
			overrun = true;
		} else if (length < 0 && errno != EINTR) {
			return -errno;
		} else if (length >= 0 &&
			   kmsg_record_parse(reader->buffer, (size_t)length, record) < 0) {
			reader->lost++;
			reader->sequence_next++;
		} else if (length >= 0) {
			count_missing(reader, record->sequence, overrun);
			return 1;
		}
	}
}
