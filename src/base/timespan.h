/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lengths of time as users of sleep(1) and systemd.time(7) write them. */
#ifndef BASE_TIMESPAN_H
#define BASE_TIMESPAN_H

#include <stdint.h>

#include "base/attr.h"

/*
 * Reads "90", "90s", "1.5h", "8h 30min", "1d12h": numbers, each with a unit from us to w, or in
 * seconds without one; what follows another is added. Returns 0; -EINVAL: no such text; -ERANGE:
 * more than 2^64 ns. Pure.
 */
int timespan_parse(const char *text, uint64_t *out_ns) _must_check_;

/* "45 s", "12 min", "1 h 05 min", "3 d 04 h": as exactly as one wants to know how long to wait. */
#define TIMESPAN_TEXT_MAX 32
void timespan_text(uint64_t span_ns, char text[TIMESPAN_TEXT_MAX]);

#endif
