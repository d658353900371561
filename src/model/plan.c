// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/plan.h"

#include "base/lines.h"

static void fill_write(struct planned_write *write, enum write_role role, const char *place,
		       const char *name, const char *file, const char *value)
{
	write->role = role;
	snprintf(write->path, sizeof(write->path), "sys/bus/pci/%s/%s/%s", place, name, file);
	snprintf(write->value, sizeof(write->value), "%s", value);
}

size_t plan_writes(const struct plan_step *step, size_t index,
		   struct planned_write writes[PLANNED_WRITES_MAX])
{
	const struct function *function = step->functions[index];
	bool select = !streq(function->methods.text, step->method);
	bool unbind = step->unbind && function->driver[0];
	size_t count = 0;

	if (unbind)
		fill_write(&writes[count++], WRITE_UNBIND, "drivers", function->driver, "unbind",
			   function->bdf);
	if (select)
		fill_write(&writes[count++], WRITE_SELECT, "devices", function->bdf, "reset_method",
			   step->method);
	fill_write(&writes[count++], WRITE_TRIGGER, "devices", function->bdf, "reset", "1");
	if (select)
		fill_write(&writes[count++], WRITE_RESTORE, "devices", function->bdf,
			   "reset_method", function->methods.text);
	if (unbind)
		fill_write(&writes[count++], WRITE_BIND, "drivers", function->driver, "bind",
			   function->bdf);
	return count;
}

int plan_warn(struct plan *plan, const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = lines_add_once(&plan->warnings, &plan->warning_count, format, args);
	va_end(args);
	return r;
}

void plan_free(struct plan *plan)
{
	free(plan->steps);
	free(plan->skips);
	free(plan->refusals);
	lines_free(plan->warnings, plan->warning_count);
	*plan = (struct plan){0};
}
