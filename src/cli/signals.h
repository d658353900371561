/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SIGINT, SIGTERM, SIGHUP and SIGXCPU end a run after the step that is under way; a second one
 * stops waiting for its reset.
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <stdbool.h>

/* From here on they are only remembered, and a closed pipe is an error instead of a signal. */
void signals_catch(void);

/* The first that came, 0 for none. */
int signals_caught(void);

/* Whether another came after the first. */
bool signals_insist(void);

#endif
