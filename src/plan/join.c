// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/join.h"

#include "plan/independent.h"

static bool is_simple(const struct plan_step *step)
{
	return step->function_count == 1 && step->roles[0] == SUBJECT_RESET &&
	       (step->scenario == SCENARIO_SINGLE || step->scenario == SCENARIO_NESTED);
}

static bool fits(const struct snapshot *snapshot, const struct plan_step *step,
		 const struct plan_step *other)
{
	return is_simple(other) && other->scenario == step->scenario &&
	       other->unbind == step->unbind && other->as_listed == step->as_listed && streq(other->method, step->method) &&
	       independent_of_all(snapshot, other->functions[0], step->functions,
				  step->function_count);
}

/* Takes into @step what fits of those after it, up to @end; they are empty afterwards. */
static void gather(const struct snapshot *snapshot, unsigned int jobs, struct plan_step *step,
		   struct plan_step *end)
{
	for (struct plan_step *other = step + 1; other < end && step->function_count < jobs;
	     other++) {
		if (!fits(snapshot, step, other))
			continue;
		step->functions[step->function_count++] = other->functions[0];
		step->independent = true;
		other->function_count = 0;
	}
}

void join_steps(const struct snapshot *snapshot, unsigned int jobs, struct plan *plan)
{
	size_t kept = 0;

	if (jobs > SUBJECTS_MAX)
		jobs = SUBJECTS_MAX;
	for (size_t i = 0; i < plan->step_count && jobs > 1; i++)
		if (is_simple(&plan->steps[i]))
			gather(snapshot, jobs, &plan->steps[i], plan->steps + plan->step_count);
	for (size_t i = 0; i < plan->step_count; i++)
		if (plan->steps[i].function_count > 0)
			plan->steps[kept++] = plan->steps[i];
	plan->step_count = kept;
}
