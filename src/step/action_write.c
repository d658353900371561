// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes of a scenario beside the resets. */
#include "step/action.h"
#include "step/worker.h"

#define LEAST_NS 20000000ULL /* that a reset of unknown length is taken to last */

void action_wait_for_window(struct execution *x)
{
	const struct method_info *info = method_info_find(x->step->method);
	uint64_t lasts_ns = info && info->floor_ns ? info->floor_ns : LEAST_NS;

	meanwhile_pause(&x->meanwhile, lasts_ns * 2 / 5);
}

struct step_write *action_write(struct execution *x, size_t index, enum write_kind kind,
				const struct planned_write *planned, unsigned int deadline_s)
{
	struct work work = {.path = planned->path, .value = planned->value};
	const struct patience patience = {.meanwhile = &x->meanwhile};
	struct step_write *write = step_add_write(x->step);
	int r;

	if (!write)
		return NULL;
	r = worker_run(x->root, &work, 1, deadline_s, &patience, NULL);
	write->kind = kind;
	snprintf(write->function, sizeof(write->function), "%s", x->step->subjects[index].function);
	snprintf(write->value, sizeof(write->value), "%s", planned->value);
	write->pid = work.pid;
	write->started = work.started;
	write->hung = work.hung;
	write->error = r < 0 ? -r : work.error;
	write->begin_ns = work.begin_ns;
	write->end_ns = work.end_ns;
	if (!work.hung &&
	    root_read_line(x->root, planned->path, write->after, sizeof(write->after)) < 0)
		write->after[0] = '\0';
	return write;
}
