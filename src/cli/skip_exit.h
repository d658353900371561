/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --skip-exit=N: another exit status than 4 where nothing could be shown. */
#ifndef CLI_SKIP_EXIT_H
#define CLI_SKIP_EXIT_H

#include <argp.h>

#include "model/verdict.h"

/* --skip-exit: an argp child whose input is an int, the status, which is EXIT_SKIP without it. */
extern const struct argp skip_exit_argp;

/* The exit status of a verdict when @skip_exit stands for 4. Pure. */
int skip_exit_status(enum run_verdict verdict, int skip_exit);

#endif
