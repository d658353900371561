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

/*
 * The same for a run whose steps come one by one: takes in the last step of @run when it has
 * ended. From the second round on it keeps of both what keep.h says, so that memory stays flat.
 * Returns 0 or -ENOMEM.
 */
int judge_take(struct run_evidence *run, struct run_result *result) _must_check_;

/*
 * judge_take() in its two parts, for those who want to see the step and its result, the last of
 * both, before they may be gone.
 */
int judge_add(const struct run_evidence *run, struct run_result *result) _must_check_;
void judge_trim(struct run_evidence *run, struct run_result *result);

/* All steps were taken: fills in the verdict. */
void judge_end(const struct run_evidence *run, struct run_result *result);

#endif
