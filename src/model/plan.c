// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/plan.h"

static void fill_write(struct planned_write *write, enum write_role role, const char *bdf,
		       const char *file, const char *value)
{
	write->role = role;
	snprintf(write->path, sizeof(write->path), "sys/bus/pci/devices/%s/%s", bdf, file);
	snprintf(write->value, sizeof(write->value), "%s", value);
}

size_t plan_writes(const struct plan_step *step, size_t index, struct planned_write writes[3])
{
	const struct function *function = step->functions[index];
	bool select = !streq(function->methods.text, step->method);
	size_t count = 0;

	if (select)
		fill_write(&writes[count++], WRITE_SELECT, function->bdf, "reset_method",
			   step->method);
	fill_write(&writes[count++], WRITE_TRIGGER, function->bdf, "reset", "1");
	if (select)
		fill_write(&writes[count++], WRITE_RESTORE, function->bdf, "reset_method",
			   function->methods.text);
	return count;
}

void plan_free(struct plan *plan)
{
	free(plan->steps);
	free(plan->skips);
	free(plan->refusals);
	for (size_t i = 0; i < plan->warning_count; i++)
		free(plan->warnings[i]);
	free(plan->warnings);
	*plan = (struct plan){0};
}
