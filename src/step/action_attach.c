// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "step/action.h"
#include "step/group_type.h"

struct attaching {
	struct execution *x;
	int error; /* -ENOMEM */
};

static void attach(struct attaching *attaching, enum write_kind kind, enum write_role role)
{
	const struct planned_write *write = execution_write(attaching->x, 0, role);

	if (!action_write(attaching->x, 0, kind, write, TYPE_WRITE_DEADLINE_S))
		attaching->error = -ENOMEM;
}

static void attach_within(void *data)
{
	struct attaching *attaching = data;

	action_wait_for_window(attaching->x);
	attach(attaching, WRITTEN_ATTACH, WRITE_ATTACH);
}

/* The type must be what is going to be put back. */
static int check_type(const struct execution *x)
{
	int group = x->planned->functions[0]->group;
	char type[sizeof(x->planned->type_before)];
	int r = group_type_read(x->root, group, type, sizeof(type));

	if (r == 0 && !streq(type, x->planned->type_before))
		r = -ESTALE;
	if (r < 0)
		snprintf(x->failed, WHY_MAX, "/sys/kernel/iommu_groups/%d/type", group);
	return r;
}

int action_attach(struct execution *x, const struct step_options *options)
{
	struct attaching attaching = {.x = x};
	int r = check_type(x);

	if (r == 0)
		r = action_trigger_beside(x, options, attach_within, &attaching);
	if (r < 0)
		return r;
	/* Under a reset that goes on it would be refused, which shows nothing. */
	if (attaching.error == 0 && !x->step->subjects[0].hung)
		attach(&attaching, WRITTEN_ATTACH_AFTER, WRITE_ATTACH_AFTER);
	/* Registers are compared next, and some go with the domain. */
	group_type_restore(x, 0);
	return attaching.error;
}
