// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/keep.h"

#include "base/array.h"

static bool same_kind(const struct run_evidence *run, const struct run_result *result, size_t a,
		      size_t b)
{
	return run->steps[a].scenario == run->steps[b].scenario &&
	       result->steps[a].verdict == result->steps[b].verdict &&
	       result->steps[a].reason == result->steps[b].reason &&
	       streq(run->steps[a].method, run->steps[b].method);
}

static bool same_functions(const struct step_evidence *a, const struct step_evidence *b)
{
	if (a->subject_count != b->subject_count)
		return false;
	for (size_t i = 0; i < a->subject_count; i++)
		if (!streq(a->subjects[i].function, b->subjects[i].function))
			return false;
	return true;
}

/* Whether step @index is to stay beside the first @kept ones, which do. */
static bool is_wanted(const struct run_evidence *run, const struct run_result *result, size_t kept,
		      size_t index)
{
	enum step_verdict verdict = result->steps[index].verdict;
	unsigned int alike = 0;

	/* The plan has each only once. */
	if (verdict == STEP_SKIP && run->steps[index].round <= 1)
		return true;
	for (size_t i = 0; i < kept; i++)
		alike += same_kind(run, result, i, index) &&
			 (verdict != STEP_SKIP ||
			  same_functions(&run->steps[i], &run->steps[index]));
	return verdict != STEP_PASS && alike < (verdict == STEP_SKIP ? 1 : KEEP_OF_A_KIND);
}

static bool has_example(const struct run_evidence *run, const struct step_evidence *step)
{
	for (size_t i = 0; i < run->example_count; i++)
		if (run->examples[i].scenario == step->scenario &&
		    streq(run->examples[i].method, step->method) &&
		    same_functions(&run->examples[i], step))
			return true;
	return false;
}

/* Returns whether the step has moved to the examples. */
static bool take_example(struct run_evidence *run, struct run_result *result, size_t index)
{
	struct step_evidence *step;
	struct step_result *judged;

	if (result->steps[index].verdict != STEP_PASS || run->example_count == KEEP_EXAMPLES ||
	    has_example(run, &run->steps[index]))
		return false;
	step = ARRAY_APPEND(run->examples, run->example_count);
	if (!step)
		return false;
	judged = ARRAY_APPEND(result->examples, result->example_count);
	if (!judged) {
		run->example_count--;
		return false;
	}
	*step = run->steps[index];
	*judged = result->steps[index];
	return true;
}

void keep_trim(struct run_evidence *run, struct run_result *result, size_t first)
{
	size_t kept = first;

	for (size_t i = first; i < run->step_count; i++) {
		if (!is_wanted(run, result, kept, i)) {
			if (take_example(run, result, i))
				continue;
			step_clear(&run->steps[i]);
			step_result_clear(&result->steps[i]);
			continue;
		}
		if (kept != i) {
			run->steps[kept] = run->steps[i];
			result->steps[kept] = result->steps[i];
		}
		kept++;
	}
	run->step_count = kept;
	result->step_count = kept;
}
