/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verdict on one step. */
#ifndef JUDGE_STEP_H
#define JUDGE_STEP_H

#include "model/verdict.h"

/* Applies the rules and asks for the proof. Fills a zeroed @result. Returns 0 or -ENOMEM. Pure. */
int step_judge(const struct run_evidence *run, const struct step_evidence *step,
	       struct step_result *result) _must_check_;

#endif
