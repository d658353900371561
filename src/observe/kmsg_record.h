/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One record as read() of /dev/kmsg returns it (Documentation/ABI/testing/dev-kmsg). */
#ifndef OBSERVE_KMSG_RECORD_H
#define OBSERVE_KMSG_RECORD_H

#include "base/attr.h"
#include "model/evidence.h"

#define KMSG_FACILITY_KERNEL 0

/*
 * Parses "PRIORITY,SEQUENCE,TIME,FLAGS[,...];TEXT\n KEY=VALUE\n...". @buffer holds @length_bytes
 * and one byte more, and is changed; text and device of @record point into it. Escapes are undone,
 * but for NUL, which stays "\x00". Returns 0, or -EINVAL for what is no record. Pure.
 */
int kmsg_record_parse(char *buffer, size_t length_bytes, struct log_record *record) _must_check_;

#endif
