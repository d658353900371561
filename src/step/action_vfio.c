// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "step/action.h"
#include "step/vfio.h"

static const enum write_kind kinds[VFIO_STAGE_COUNT] = {
	[VFIO_ATTACH] = WRITTEN_VFIO_ATTACH, [VFIO_OPEN] = WRITTEN_VFIO_OPEN,
	[VFIO_RESET] = WRITTEN_VFIO_RESET,   [VFIO_CLOSE] = WRITTEN_VFIO_CLOSE,
	[VFIO_DETACH] = WRITTEN_VFIO_DETACH,
};

static int take_stage(struct execution *x, const struct work *work, enum vfio_stage stage)
{
	const struct work_write *done = &work->writes[stage];
	struct step_write *write = step_add_write(x->step);

	if (!write)
		return -ENOMEM;
	write->kind = kinds[stage];
	snprintf(write->function, sizeof(write->function), "%s", x->step->subjects[0].function);
	snprintf(write->value, sizeof(write->value), "%s", done->what);
	write->pid = work->pid;
	/* Of a worker that did not answer nothing is known. */
	if (stage >= work->write_count || !done->begin_ns)
		return 0;
	write->started = true;
	write->error = done->error;
	write->begin_ns = done->begin_ns;
	write->end_ns = done->end_ns;
	return 0;
}

int action_vfio(struct execution *x, const struct step_options *options)
{
	const struct vfio_target target = {
		.root = x->root,
		.function = x->step->subjects[0].function,
		.group = x->step->subjects[0].group,
		.hot = x->planned->hot,
	};
	struct work work = {.act = vfio_act, .data = &target, .outlives = options->late != NULL};
	/* Opening and closing reset as well. */
	unsigned int limit_s = 3 * action_deadline_s(x, options);
	int r = worker_run(x->root, &work, 1, limit_s, &x->patience, NULL);

	if (r < 0) {
		snprintf(x->failed, WHY_MAX, "the process for VFIO");
		return r;
	}
	r = action_take_work(x, 0, &work, limit_s, options);
	/* What a stage around the reset came to is told by its own. */
	if (work.write_count == VFIO_STAGE_COUNT)
		x->step->subjects[0].write_errno = work.writes[VFIO_RESET].error;
	for (int i = 0; i < VFIO_STAGE_COUNT && r == 0; i++)
		r = take_stage(x, &work, (enum vfio_stage)i);
	return r;
}
