/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which steps of a run of many rounds are kept whole: of those that failed or are inconclusive the
 * first few of each scenario, method and reason; of those that were left out one each. The totals
 * tell of the rest. Of those that passed, the first of each series becomes an example, to be shown.
 */
#ifndef JUDGE_KEEP_H
#define JUDGE_KEEP_H

#include "model/evidence.h"
#include "model/verdict.h"

#define KEEP_OF_A_KIND 3
#define KEEP_EXAMPLES 24

/*
 * Drops the steps from index @first on that are not to be kept, with their results, or makes
 * examples of them. Those before it stay. Pure but for memory; without any, examples are missing.
 */
void keep_trim(struct run_evidence *run, struct run_result *result, size_t first);

#endif
