// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/action.h"

#include "step/worker.h"

const action_fn step_actions[SCENARIO_COUNT] = {
	[SCENARIO_NESTED] = action_trigger,
	[SCENARIO_SINGLE] = action_trigger,
	[SCENARIO_SIBLINGS] = action_trigger,
};

static unsigned int deadline_s(const struct execution *x, const struct step_options *options)
{
	unsigned int longest = 0;

	if (options->timeout_s)
		return options->timeout_s;
	for (size_t i = 0; i < x->planned->function_count; i++) {
		const struct function *function = x->planned->functions[i];
		unsigned int budget =
			method_budget_s(x->planned->method, function->vendor, function->device);

		if (budget > longest)
			longest = budget;
	}
	return longest;
}

int action_trigger(struct execution *x, const struct step_options *options)
{
	struct work works[SUBJECTS_MAX] = {0};
	size_t count = x->step->subject_count, failed = 0;
	int r;

	for (size_t i = 0; i < count; i++) {
		const struct planned_write *write = execution_write(x, i, WRITE_TRIGGER);

		works[i].path = write->path;
		works[i].value = write->value;
	}
	r = worker_run(x->root, works, count, deadline_s(x, options), options->abandon, &failed);
	if (r < 0) {
		snprintf(x->failed, WHY_MAX, "/%s", works[failed].path);
		return r;
	}
	for (size_t i = 0; i < count; i++) {
		struct subject *subject = &x->step->subjects[i];

		subject->pid = works[i].pid;
		subject->started = works[i].started;
		subject->hung = works[i].hung;
		subject->abandoned = works[i].abandoned;
		subject->write_errno = works[i].error;
		subject->begin_ns = works[i].begin_ns;
		subject->end_ns = works[i].end_ns;
		snprintf(subject->hung_where, sizeof(subject->hung_where), "%s", works[i].where);
	}
	return 0;
}
