// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/rebind.h"

#include <errno.h>
#include <sys/wait.h>

#include "step/attribute.h"
#include "step/taken.h"

static bool is_bound(const struct execution *x, size_t index)
{
	const struct subject *subject = &x->step->subjects[index];
	char driver[sizeof(subject->driver)];

	/* What cannot be read counts as bound. */
	return attribute_read_driver(x->root, subject->function, driver, sizeof(driver)) < 0 ||
	       driver[0];
}

static void note(struct execution *x, size_t index, enum write_kind kind, int error)
{
	struct step_write *write = step_add_write(x->step);

	if (!write)
		return;
	write->kind = kind;
	snprintf(write->function, sizeof(write->function), "%s", x->step->subjects[index].function);
	snprintf(write->value, sizeof(write->value), "%s", write->function);
	write->started = true;
	write->error = error;
}

bool rebind_driver(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_REBIND);
	int error;

	if (!write)
		return true;
	error = attribute_write(x->root, NULL, write->path, write->value, DRIVER_WRITE_DEADLINE_S);
	note(x, index, WRITTEN_REBIND, error);
	return error == 0 && is_bound(x, index);
}

/*
 * A process of the step's that is stuck in the driver has its disk open, and for itself alone. Once
 * it is dead the disk may be anybody's.
 */
static bool own_reader_hangs(const struct execution *x)
{
	return x->stuck_reader && waitpid(x->stuck_reader, NULL, WNOHANG) == 0;
}

bool rebind_release(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_RELEASE);

	if (!write || !is_bound(x, index))
		return true;
	/* The driver stays: it is what was bound before, and somebody else's by now. */
	if (!own_reader_hangs(x) && taken_by_others(x, index))
		return false;
	note(x, index, WRITTEN_RELEASE,
	     attribute_put_back(x->root, NULL, write->path, write->value, DRIVER_WRITE_DEADLINE_S));
	return !is_bound(x, index);
}
