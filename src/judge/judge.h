/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From evidence to verdict. Pure: no I/O, no clock, nothing global. */
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "base/attr.h"
#include "model/evidence.h"
#include "model/verdict.h"

/*
 * Judges a whole run. @result must be zeroed; freed by result_free(); it borrows nothing from @run.
 * Returns 0 or -ENOMEM.
 */
int judge_run(const struct run_evidence *run, struct run_result *result) _must_check_;

#endif
