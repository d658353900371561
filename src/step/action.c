// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/action.h"

#include <errno.h>

#include "step/worker.h"

/* What most scenarios do: resets all functions of the step at once. */
static int trigger(struct execution *x, const struct step_options *options)
{
	return action_trigger_beside(x, options, NULL, NULL);
}

const action_fn step_actions[SCENARIO_COUNT] = {
	[SCENARIO_NESTED] = trigger,	   [SCENARIO_SINGLE] = trigger,
	[SCENARIO_SIBLINGS] = trigger,	   [SCENARIO_PROBE] = action_probe,
	[SCENARIO_STORM] = trigger,	   [SCENARIO_ATTACH_RACE] = action_attach,
	[SCENARIO_DRIVER] = action_driver, [SCENARIO_VF] = trigger,
	[SCENARIO_VFIO] = action_vfio,	   [SCENARIO_PASID] = trigger,
};

unsigned int action_deadline_s(const struct execution *x, const struct step_options *options)
{
	unsigned int longest = 0;

	if (options->timeout_s)
		return options->timeout_s * (x->planned->resets ? x->planned->resets : 1);
	for (size_t i = 0; i < x->planned->function_count; i++) {
		const struct function *function = x->planned->functions[i];
		unsigned int budget =
			method_budget_s(x->planned->method, function->vendor, function->device);

		if (budget > longest)
			longest = budget;
	}
	return longest * (x->planned->resets ? x->planned->resets : 1);
}

static void take_work(struct subject *subject, const struct work *work)
{
	subject->pid = work->pid;
	subject->started = work->started;
	subject->hung = work->hung;
	subject->abandoned = work->abandoned;
	subject->write_errno = work->error;
	subject->begin_ns = work->begin_ns;
	subject->end_ns = work->end_ns;
	snprintf(subject->hung_where, sizeof(subject->hung_where), "%s", work->where);
}

/* Where a function is reset more than once, each reset has its times. */
static int take_writes(struct execution *x, const struct subject *subject, const struct work *work)
{
	for (unsigned int i = 0; i < work->times; i++) {
		struct step_write *write = step_add_write(x->step);

		if (!write)
			return -ENOMEM;
		write->kind = WRITTEN_RESET;
		snprintf(write->function, sizeof(write->function), "%s", subject->function);
		snprintf(write->value, sizeof(write->value), "%s", work->value);
		write->pid = work->pid;
		if (i >= work->write_count)
			continue;
		write->started = true;
		write->error = work->writes[i].error;
		write->begin_ns = work->writes[i].begin_ns;
		write->end_ns = work->writes[i].end_ns;
	}
	return 0;
}

/* Returns 0 or -ENOMEM. */
static int remember_late(const struct execution *x, size_t index, const struct work *work,
			 unsigned int limit_s, struct late_resets *list)
{
	struct late_reset late = {
		.step = x->step->number,
		.pid = work->pid,
		.fd = work->late_fd,
		.deadline_ns = work->begin_ns + limit_s * 1000000000ULL,
		.changes = {x->driver_change[index], x->type_change[index], x->method_change[index],
			    x->link_change[index], x->vfio_change[index]},
	};

	snprintf(late.function, sizeof(late.function), "%s", x->step->subjects[index].function);
	return late_add(list, &late);
}

int action_take_work(struct execution *x, size_t index, const struct work *work,
		     unsigned int limit_s, const struct step_options *options)
{
	take_work(&x->step->subjects[index], work);
	return work->late_fd >= 0 ? remember_late(x, index, work, limit_s, options->late) : 0;
}

int action_trigger_beside(struct execution *x, const struct step_options *options, beside_fn beside,
			  void *data)
{
	size_t subjects[SUBJECTS_MAX];
	struct work works[SUBJECTS_MAX] = {0};
	size_t count = 0, failed = 0;
	unsigned int limit_s = action_deadline_s(x, options);
	int r;

	for (size_t i = 0; i < x->step->subject_count; i++) {
		const struct planned_write *write = execution_write(x, i, WRITE_TRIGGER);

		if (!write)
			continue;
		subjects[count] = i;
		works[count].outlives = options->late != NULL;
		works[count].by = x->workers;
		works[count].path = write->path;
		works[count].times = x->planned->resets;
		works[count++].value = write->value;
	}
	r = worker_run_beside(x->root, works, count, limit_s, &x->patience, &failed, beside, data);
	if (r < 0) {
		snprintf(x->failed, WHY_MAX, "/%s", works[failed].path);
		return r;
	}
	for (size_t i = 0; i < count; i++) {
		struct subject *subject = &x->step->subjects[subjects[i]];

		if (action_take_work(x, subjects[i], &works[i], limit_s, options) < 0)
			r = -ENOMEM;
		if (take_writes(x, subject, &works[i]) < 0)
			r = -ENOMEM;
	}
	return r;
}
