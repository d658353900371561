/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the process was started with, made fit for work on hardware. */
#ifndef CLI_SURROUNDINGS_H
#define CLI_SURROUNDINGS_H

#include "base/attr.h"

/*
 * To be called first. Descriptors 0 to 2 that are closed are filled, so that no sysfs file gets
 * one of them; a file size limit becomes an error instead of a signal; no signal is blocked, and
 * children leave their status. Refuses to run with other rights than the caller's, and without
 * standard output. Returns EXIT_GOOD, or EXIT_ERROR after one line on stderr.
 */
int surroundings_check(void) _must_check_;

#endif
