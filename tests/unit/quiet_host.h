/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine that stands against no reset, for tests of what is planned on it. */
#ifndef TESTS_UNIT_QUIET_HOST_H
#define TESTS_UNIT_QUIET_HOST_H

#include "model/snapshot.h"

/* Each setting is known, and harmless. */
struct host quiet_host(void);

#endif
