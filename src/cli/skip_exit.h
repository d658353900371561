/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --skip-exit=N: another exit status than 4 where nothing could be shown. */
#ifndef CLI_SKIP_EXIT_H
#define CLI_SKIP_EXIT_H

#include "base/attr.h"
#include "model/verdict.h"

/* Reads N, 0 to 255. Returns 0, or -EINVAL with @status unchanged. */
int skip_exit_parse(const char *text, int *status) _must_check_;

/* The exit status of a verdict when @skip_exit stands for 4. */
int skip_exit_status(enum run_verdict verdict, int skip_exit);

#endif
