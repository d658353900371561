// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/judge.h"

#include <errno.h>

#include "base/array.h"
#include "judge/keep.h"
#include "judge/step.h"

/* Of the scenarios that reset each function by itself. */
static bool may_nest(const struct step_evidence *evidence)
{
	if (evidence->scenario == SCENARIO_NESTED)
		return true;
	if (evidence->scenario != SCENARIO_STORM && evidence->scenario != SCENARIO_VF &&
	    evidence->scenario != SCENARIO_VFIO)
		return false;
	for (size_t i = 0; i < evidence->subject_count; i++)
		if (method_nests(evidence->method, evidence->subjects[i].vendor,
				 evidence->subjects[i].device) != TRI_NO)
			return true;
	return false;
}

static bool was_tried(const struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (step->subjects[i].started)
			return true;
	for (size_t i = 0; i < step->write_count; i++)
		if (step->writes[i].started)
			return true;
	return false;
}

static void count(struct tally *tally, const struct step_evidence *evidence,
		  const struct step_result *step)
{
	enum scenario scenario = evidence->scenario;

	tally->tried |= was_tried(evidence);
	tally->asked |= scenario == SCENARIO_NESTED || scenario == SCENARIO_SIBLINGS;
	tally->unblocked |= step->unblocked;
	switch (step->verdict) {
	case STEP_PASS:
		tally->passed++;
		tally->nested_passed |=
			scenario == SCENARIO_NESTED || (may_nest(evidence) && step->depth_max > 1);
		tally->siblings_passed |= scenario == SCENARIO_SIBLINGS ||
					  (scenario == SCENARIO_PROBE && step->overlapped);
		break;
	case STEP_FAIL:
		if (step->reason->class == SLUG_BUG)
			tally->bugs++;
		else
			tally->broken++;
		break;
	case STEP_SKIP:
		break;
	case STEP_INCONCLUSIVE:
		tally->inconclusive++;
		tally->nested_unproven |= may_nest(evidence);
		tally->contradicted |= streq(step->reason->name, "static-contradiction");
		break;
	}
}

/* Whether what was seen cannot be with what the kernel's structures say. */
static bool contradicts(const struct run_evidence *run, const struct tally *tally,
			enum static_verdict static_verdict)
{
	switch (static_verdict) {
	case STATIC_FIXED:
		return tally->bugs > 0;
	case STATIC_NOT_AFFECTED:
		return tally->bugs > 0 || tally->contradicted;
	case STATIC_VULNERABLE:
		/* State per device without nesting lets siblings pass: no contradiction. */
		return tally->nested_passed ||
		       (tally->siblings_passed && run->facts.resetting_domain == TRI_YES);
	case STATIC_UNKNOWN:
		break;
	}
	return false;
}

static void say(struct run_result *result, enum run_verdict verdict, const char *summary)
{
	result->verdict = verdict;
	snprintf(result->summary, sizeof(result->summary), "%s", summary);
}

/* The kernel passed what was tried of the bug; whether that makes it fixed. */
static void conclude_passed(struct run_result *result, const struct tally *tally)
{
	if (result->contradiction)
		say(result, RUN_INCONCLUSIVE,
		    "The resets worked, but the kernel's structures say that they cannot.");
	else if (tally->unblocked && result->static_verdict != STATIC_FIXED)
		say(result, RUN_INCONCLUSIVE,
		    "The resets worked, but a function was reset without its IOMMU blocked while "
		    "another one of its group was.");
	else if (tally->nested_passed)
		say(result, RUN_FIXED,
		    "Nested resets work: the IOMMU stayed blocked to the end and came back.");
	else if (tally->nested_unproven)
		say(result, RUN_INCONCLUSIVE,
		    "Siblings reset at the same time, but a nested reset ran without proof.");
	else if (result->static_verdict == STATIC_FIXED)
		say(result, RUN_FIXED,
		    "Siblings reset at the same time, and the kernel's structures have the whole "
		    "fix.");
	else
		say(result, RUN_INCONCLUSIVE,
		    "Siblings reset at the same time, but nothing shows that nested resets work.");
}

static void conclude(const struct run_evidence *run, struct run_result *result,
		     const struct tally *tally)
{
	if (tally->bugs)
		say(result, RUN_VULNERABLE,
		    "This kernel refuses legitimate resets behind the IOMMU: it needs the fix.");
	else if (tally->broken)
		say(result, RUN_BROKEN, "A reset did not work as it must; see the findings.");
	else if (run->cut)
		say(result, RUN_INCONCLUSIVE,
		    "The run was killed before its end: what its evidence has is not all of it.");
	else if (tally->contradicted)
		say(result, RUN_INCONCLUSIVE,
		    "The kernel blocks the IOMMU although its facts say that it cannot.");
	else if (result->static_verdict == STATIC_NOT_AFFECTED && tally->passed)
		say(result, RUN_NOT_AFFECTED,
		    "This kernel never blocks the IOMMU for a reset, and the resets worked.");
	else if (tally->nested_passed || tally->siblings_passed)
		conclude_passed(result, tally);
	else if (tally->inconclusive && !tally->tried)
		say(result, RUN_INCONCLUSIVE, "Nothing was reset; each step tells why.");
	else if (tally->inconclusive)
		say(result, RUN_INCONCLUSIVE,
		    "Resets ran, but the evidence cannot show whether nesting works.");
	else if (tally->passed && !tally->asked)
		say(result, RUN_INCONCLUSIVE,
		    "The resets worked, but simple resets show nothing of nesting.");
	else if (run->signal)
		say(result, RUN_SKIPPED,
		    "The run was ended before it could show whether nesting works.");
	else
		say(result, RUN_SKIPPED,
		    "Nothing that was selected could show whether nesting works.");
}

static bool waited_for(const struct step_evidence *step, const struct step_result *result)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (result->subjects[i].ready_ms)
			return true;
	return false;
}

static int judge_step(const struct run_evidence *run, const struct step_evidence *step,
		      struct run_result *result)
{
	struct step_result *added = ARRAY_APPEND(result->steps, result->step_count);
	int r = added ? step_judge(run, step, added) : -ENOMEM;

	if (added && r < 0) {
		added->verdict = STEP_INCONCLUSIVE;
		added->reason = slug_find("evidence-incomplete");
	}
	for (size_t i = 0; r == 0 && i < added->background_count; i++)
		r = background_add(&result->background, &result->background_count,
				   &added->background[i]);
	if (r == 0)
		r = totals_add(&result->totals, step, added->verdict, waited_for(step, added));
	if (r == 0)
		count(&result->tally, step, added);
	return r;
}

int judge_add(const struct run_evidence *run, struct run_result *result)
{
	return judge_step(run, &run->steps[run->step_count - 1], result);
}

void judge_trim(struct run_evidence *run, struct run_result *result)
{
	if (result->totals.rounds <= 1)
		return;
	keep_trim(run, result, result->trimmed ? run->step_count - 1 : 0);
	result->trimmed = true;
}

int judge_take(struct run_evidence *run, struct run_result *result)
{
	int r = judge_add(run, result);

	if (r == 0)
		judge_trim(run, result);
	return r;
}

void judge_end(const struct run_evidence *run, struct run_result *result)
{
	result->static_verdict = facts_judge(&run->facts, &result->static_reason);
	result->contradiction = contradicts(run, &result->tally, result->static_verdict);
	conclude(run, result, &result->tally);
}

int judge_run(const struct run_evidence *run, struct run_result *result)
{
	int r = 0;

	for (size_t i = 0; i < run->step_count && r == 0; i++)
		r = judge_step(run, &run->steps[i], result);
	if (r == 0)
		judge_end(run, result);
	return r;
}
