// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/judge.h"

#include <errno.h>

#include "judge/step.h"

/* What the steps say together. */
struct tally {
	unsigned int bugs, broken, inconclusive, passed;
	bool asked; /* for nested or sibling resets, even where they were skipped */
	bool nested_passed, nested_unproven, siblings_passed;
	bool contradicted; /* a step saw prepare/done on a kernel that should have none */
};

static struct tally count(const struct run_evidence *run, const struct run_result *result)
{
	struct tally tally = {0};

	for (size_t i = 0; i < result->step_count; i++) {
		const struct step_result *step = &result->steps[i];
		enum scenario scenario = run->steps[i].scenario;

		tally.asked |= scenario != SCENARIO_SINGLE;
		switch (step->verdict) {
		case STEP_PASS:
			tally.passed++;
			tally.nested_passed |= scenario == SCENARIO_NESTED;
			tally.siblings_passed |= scenario == SCENARIO_SIBLINGS;
			break;
		case STEP_FAIL:
			if (step->reason->class == SLUG_BUG)
				tally.bugs++;
			else
				tally.broken++;
			break;
		case STEP_SKIP:
			break;
		case STEP_INCONCLUSIVE:
			tally.inconclusive++;
			tally.nested_unproven |= scenario == SCENARIO_NESTED;
			tally.contradicted |= streq(step->reason->name, "static-contradiction");
			break;
		}
	}
	return tally;
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

static void conclude(struct run_result *result, const struct tally *tally)
{
	if (tally->bugs)
		say(result, RUN_VULNERABLE,
		    "This kernel refuses legitimate resets behind the IOMMU: it needs the fix.");
	else if (tally->broken)
		say(result, RUN_BROKEN, "A reset did not work as it must; see the findings.");
	else if (tally->contradicted)
		say(result, RUN_INCONCLUSIVE,
		    "The kernel blocks the IOMMU although its facts say that it cannot.");
	else if (result->static_verdict == STATIC_NOT_AFFECTED && tally->passed)
		say(result, RUN_NOT_AFFECTED,
		    "This kernel never blocks the IOMMU for a reset, and the resets worked.");
	else if (tally->nested_passed || tally->siblings_passed)
		conclude_passed(result, tally);
	else if (tally->inconclusive)
		say(result, RUN_INCONCLUSIVE,
		    "Resets ran, but the evidence cannot show whether nesting works.");
	else if (tally->passed && !tally->asked)
		say(result, RUN_INCONCLUSIVE,
		    "The resets worked, but simple resets show nothing of nesting.");
	else
		say(result, RUN_SKIPPED,
		    "Nothing that was selected could show whether nesting works.");
}

int judge_run(const struct run_evidence *run, struct run_result *result)
{
	struct tally tally;

	result->static_verdict = facts_judge(&run->facts, &result->static_reason);
	result->steps = calloc(run->step_count + 1, sizeof(*result->steps));
	if (!result->steps)
		return -ENOMEM;
	result->step_count = run->step_count;
	for (size_t i = 0; i < run->step_count; i++) {
		int r = step_judge(run, &run->steps[i], &result->steps[i]);

		if (r < 0)
			return r;
	}
	tally = count(run, result);
	result->contradiction = contradicts(run, &tally, result->static_verdict);
	conclude(result, &tally);
	return 0;
}
