// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/group_type.h"

#include <errno.h>

#include "base/monotonic.h"
#include "step/attribute.h"
#include "step/changes.h"

int group_type_read(const struct root *root, int group, char *type, size_t size_bytes)
{
	char path[64];

	snprintf(path, sizeof(path), "sys/kernel/iommu_groups/%d/type", group);
	return root_read_line(root, path, type, size_bytes);
}

bool group_type_announce(struct execution *x, size_t index)
{
	const struct plan_step *planned = x->planned;
	struct change change = {.kind = CHANGE_TYPE, .group = planned->functions[index]->group};

	if (!planned->type[0])
		return true;
	snprintf(change.before, sizeof(change.before), "%s", planned->type_before);
	snprintf(change.after, sizeof(change.after), "%s", planned->type);
	if (!changes_record(x, index, &change))
		return false;
	x->type_change[index] = change.id;
	return true;
}

static void put_back(struct execution *x, size_t index)
{
	const struct planned_write *planned = execution_write(x, index, WRITE_RETYPE);
	uint64_t begin_ns = monotonic_ns();
	int error = attribute_put_back(x->root, NULL, planned->path, planned->value,
				       TYPE_WRITE_DEADLINE_S);
	struct step_write *write = step_add_write(x->step);

	if (!write)
		return;
	write->begin_ns = begin_ns;
	write->end_ns = monotonic_ns();
	write->kind = WRITTEN_RETYPE;
	snprintf(write->function, sizeof(write->function), "%s", x->step->subjects[index].function);
	snprintf(write->value, sizeof(write->value), "%s", planned->value);
	write->started = true;
	write->error = error;
}

void group_type_restore(struct execution *x, size_t index)
{
	struct subject *subject = &x->step->subjects[index];
	const char *before = x->planned->type_before;
	size_t size_bytes = sizeof(subject->type_after);

	if (!x->type_change[index])
		return;
	/* A reset that goes on would have it refused; whoever recovers writes it later. */
	if (group_type_read(x->root, subject->group, subject->type_after, size_bytes) < 0 ||
	    !streq(subject->type_after, before)) {
		if (!subject->hung)
			put_back(x, index);
		if (group_type_read(x->root, subject->group, subject->type_after, size_bytes) < 0)
			subject->type_after[0] = '\0';
	}
	if (!streq(subject->type_after, before))
		return;
	journal_undone(x->journal, x->type_change[index]);
	x->type_change[index] = 0;
}
