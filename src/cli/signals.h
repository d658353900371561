/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals that would kill the program in the middle of a step, SIGINT and SIGQUIT at the terminal
 * first of all, end the run after it; a second one stops waiting for its reset.
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <stdbool.h>

/*
 * From here on they are only remembered; a closed pipe and a file beyond the size limit are errors
 * instead of signals.
 */
void signals_catch(void);

/*
 * A terminal that is closed (SIGHUP) no longer ends the run. Where SIGHUP is ignored, as after
 * nohup(1), it stays so. To be called before signals_catch().
 */
void signals_outlive_terminal(void);

/* Whether one was closed since, and the run goes on. */
bool signals_terminal_closed(void);

/*
 * Stops the process if SIGTSTP (^Z) has come since. To be called between two steps alone, for in a
 * step something is changed that nobody would put back while it stands still.
 */
void signals_stop_if_told(void);

/*
 * From here on a signal ends a wait of whatever writes a message, too. To be called once nothing
 * but the answer is left to do.
 */
void signals_end_waits(void);

/* The first that came and ends the run, 0 for none. */
int signals_caught(void);

/* Whether another came after the first. */
bool signals_insist(void);

#endif
