/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time that evidence is measured in. */
#ifndef BASE_MONOTONIC_H
#define BASE_MONOTONIC_H

#include <stdint.h>

/* CLOCK_MONOTONIC in nanoseconds, the clock of the trace too. Safe in a forked child. */
uint64_t monotonic_ns(void);

#endif
