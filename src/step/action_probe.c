// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "step/action.h"
#include "step/attribute.h"

struct probing {
	struct execution *x;
	bool during_reset;
	int error; /* -ENOMEM */
};

/* The subject was dealt with from its first write to its last. */
static void take_write(struct subject *subject, const struct step_write *write)
{
	if (!subject->started)
		subject->begin_ns = write->begin_ns;
	subject->pid = write->pid;
	subject->started |= write->started;
	subject->hung |= write->hung;
	subject->end_ns = write->end_ns;
}

/* A write that hangs holds what the next one needs. */
static void probe_subject(struct probing *probing, size_t index)
{
	struct execution *x = probing->x;
	struct subject *subject = &x->step->subjects[index];

	for (size_t i = 0; i < x->write_count[index] && !subject->hung; i++) {
		const struct planned_write *write = &x->writes[index][i];
		const struct step_write *written;

		if (write->role != WRITE_PROBE)
			continue;
		written = action_write(x, index, WRITTEN_PROBE, write, METHOD_WRITE_DEADLINE_S);
		if (!written) {
			probing->error = -ENOMEM;
			return;
		}
		take_write(subject, written);
	}
}

static void probe(void *data)
{
	struct probing *probing = data;

	if (probing->during_reset)
		action_wait_for_window(probing->x);
	for (size_t i = 0; i < probing->x->step->subject_count && probing->error == 0; i++)
		if (probing->x->planned->roles[i] == SUBJECT_PROBED)
			probe_subject(probing, i);
}

int action_probe(struct execution *x, const struct step_options *options)
{
	struct probing probing = {.x = x};
	int r = 0;

	for (size_t i = 0; i < x->step->subject_count; i++)
		probing.during_reset |= x->planned->roles[i] == SUBJECT_RESET;
	if (probing.during_reset)
		r = action_trigger_beside(x, options, probe, &probing);
	else
		probe(&probing);
	return r < 0 ? r : probing.error;
}
