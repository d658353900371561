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

static void fill_driver_write(struct planned_write *write, enum write_role role,
			      const struct function *function, const char *file)
{
	fill_write(write, role, "drivers", function->driver, file, function->bdf);
}

static void fill_methods_write(struct planned_write *write, enum write_role role,
			       const struct function *function, const char *value)
{
	fill_write(write, role, "devices", function->bdf, "reset_method", value);
}

static void fill_type(struct planned_write *write, enum write_role role,
		      const struct function *function, const char *type)
{
	write->role = role;
	snprintf(write->path, sizeof(write->path), "sys/kernel/iommu_groups/%d/type",
		 function->group);
	snprintf(write->value, sizeof(write->value), "%s", type);
}

static void fill_trigger(struct planned_write *write, const struct plan_step *step,
			 const struct function *function)
{
	if (!step->vfio) {
		fill_write(write, WRITE_TRIGGER, "devices", function->bdf, "reset", "1");
		return;
	}
	write->role = WRITE_TRIGGER;
	snprintf(write->path, sizeof(write->path), "dev/vfio/%d", function->group);
	snprintf(write->value, sizeof(write->value), "%s",
		 step->hot ? "VFIO_DEVICE_PCI_HOT_RESET" : "VFIO_DEVICE_RESET");
}

static size_t fill_vfio_bind(const struct function *function, struct planned_write *writes)
{
	fill_write(&writes[0], WRITE_OVERRIDE, "devices", function->bdf, "driver_override",
		   VFIO_PCI);
	fill_write(&writes[1], WRITE_VFIO_BIND, "drivers", VFIO_PCI, "bind", function->bdf);
	return 2;
}

static size_t fill_vfio_unbind(const struct function *function, struct planned_write *writes)
{
	fill_write(&writes[0], WRITE_VFIO_UNBIND, "drivers", VFIO_PCI, "unbind", function->bdf);
	fill_write(&writes[1], WRITE_OVERRIDE_BACK, "devices", function->bdf, "driver_override",
		   "");
	return 2;
}

static size_t fill_reset(const struct plan_step *step, const struct function *function,
			 struct planned_write *writes)
{
	bool select =
		!step->hot && !step->as_listed && !streq(function->methods.text, step->method);
	unsigned int resets = 0;
	bool rebind = step->under_driver && step->unbind && function->driver[0];
	size_t count = 0;

	if (select)
		fill_methods_write(&writes[count++], WRITE_SELECT, function, step->method);
	if (rebind)
		fill_driver_write(&writes[count++], WRITE_REBIND, function, "bind");
	if (step->vfio)
		count += fill_vfio_bind(function, &writes[count]);
	do
		fill_trigger(&writes[count++], step, function);
	while (++resets < step->resets);
	if (step->type[0]) {
		fill_type(&writes[count++], WRITE_ATTACH, function, step->type);
		fill_type(&writes[count++], WRITE_ATTACH_AFTER, function, step->type);
		fill_type(&writes[count++], WRITE_RETYPE, function, step->type_before);
	}
	if (rebind)
		fill_driver_write(&writes[count++], WRITE_RELEASE, function, "unbind");
	if (step->vfio)
		count += fill_vfio_unbind(function, &writes[count]);
	if (select)
		fill_methods_write(&writes[count++], WRITE_RESTORE, function,
				   function->methods.text);
	return count;
}

static size_t fill_probed(const struct plan_step *step, const struct function *function,
			  struct planned_write *writes)
{
	const struct method_list *methods = &function->methods;
	size_t count = 0;

	(void)step;
	/* First, since it is what loses methods for good. */
	fill_methods_write(&writes[count++], WRITE_PROBE, function, METHODS_DEFAULT);
	for (unsigned int i = 0; i < methods->count; i++)
		fill_methods_write(&writes[count++], WRITE_PROBE, function, methods->names[i]);
	fill_methods_write(&writes[count++], WRITE_PROBE, function, methods->text);
	fill_methods_write(&writes[count++], WRITE_RESTORE, function, methods->text);
	return count;
}

size_t plan_writes(const struct plan_step *step, size_t index,
		   struct planned_write writes[PLANNED_WRITES_MAX])
{
	static size_t (*const fill[SUBJECT_ROLE_COUNT])(
		const struct plan_step *, const struct function *, struct planned_write *) = {
		[SUBJECT_RESET] = fill_reset,
		[SUBJECT_PROBED] = fill_probed,
	};
	const struct function *function = step->functions[index];
	bool unbind = step->unbind && function->driver[0];
	size_t count = 0;

	if (unbind)
		fill_driver_write(&writes[count++], WRITE_UNBIND, function, "unbind");
	count += fill[step->roles[index]](step, function, writes + count);
	if (unbind)
		fill_driver_write(&writes[count++], WRITE_BIND, function, "bind");
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
