/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became worse in the course of a run, in words. */
#ifndef JUDGE_DRIFT_WARN_H
#define JUDGE_DRIFT_WARN_H

#include "base/attr.h"
#include "model/evidence.h"
#include "model/totals.h"

/*
 * Adds a warning to @run for each series whose resets became slower or were waited for more often.
 * To be called when all steps are in @totals and nothing is saved any more: who judges the evidence
 * again finds out the same. Returns 0 or -ENOMEM.
 */
int drift_warn(struct run_evidence *run, const struct totals *totals) _must_check_;

#endif
