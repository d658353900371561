// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/vfio_bind.h"

#include <errno.h>

#include "step/attribute.h"
#include "step/changes.h"

#define UNBIND "sys/bus/pci/drivers/" VFIO_PCI "/unbind"

int vfio_read_override(const struct root *root, const char *bdf, char *text, size_t size_bytes)
{
	char path[64];
	int r;

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/driver_override", bdf);
	r = root_read_line(root, path, text, size_bytes);
	/* How the kernel spells none. */
	if (r == 0 && streq(text, "(null)"))
		text[0] = '\0';
	return r;
}

/* Whether vfio-pci is bound; what cannot be read counts as bound. */
static bool has_vfio(const struct root *root, const char *bdf)
{
	char driver[sizeof(((struct subject *)0)->driver)];

	return attribute_read_driver(root, bdf, driver, sizeof(driver)) < 0 ||
	       streq(driver, VFIO_PCI);
}

int vfio_put_back(const struct root *root, const char *bdf, const char *override)
{
	char path[64], now[METHOD_LIST_TEXT_MAX];
	int error = 0;

	if (has_vfio(root, bdf))
		error = attribute_put_back(root, NULL, UNBIND, bdf, DRIVER_WRITE_DEADLINE_S);
	if (has_vfio(root, bdf))
		return error ? error : EBUSY;
	error = -vfio_read_override(root, bdf, now, sizeof(now));
	if (error || !streq(now, VFIO_PCI) || streq(now, override))
		return error;
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/driver_override", bdf);
	error = attribute_put_back(root, NULL, path, override, DRIVER_WRITE_DEADLINE_S);
	if (error)
		return error;
	error = -vfio_read_override(root, bdf, now, sizeof(now));
	return error || streq(now, override) ? error : EIO;
}

static bool note(struct execution *x, size_t index, enum write_kind kind, const char *what,
		 int error)
{
	struct step_write *write = step_add_write(x->step);

	if (!write)
		return false;
	write->kind = kind;
	snprintf(write->function, sizeof(write->function), "%s", x->step->subjects[index].function);
	snprintf(write->value, sizeof(write->value), "%s", what);
	write->started = true;
	write->error = error;
	return error == 0;
}

static bool record(struct execution *x, size_t index, const char *override)
{
	struct change change = {.kind = CHANGE_VFIO};

	snprintf(change.before, sizeof(change.before), "%s", override);
	if (!changes_record(x, index, &change))
		return false;
	x->vfio_change[index] = change.id;
	snprintf(x->override_before[index], sizeof(x->override_before[index]), "%s", override);
	return true;
}

static int write_planned(const struct execution *x, size_t index, enum write_role role)
{
	const struct planned_write *write = execution_write(x, index, role);

	return attribute_write(x->root, NULL, write->path, write->value, DRIVER_WRITE_DEADLINE_S);
}

bool vfio_bind(struct execution *x, size_t index)
{
	const struct subject *subject = &x->step->subjects[index];
	char override[sizeof(x->override_before[index])];
	int error;

	if (!execution_write(x, index, WRITE_VFIO_BIND))
		return true;
	error = -vfio_read_override(x->root, subject->function, override, sizeof(override));
	if (error)
		return note(x, index, WRITTEN_VFIO_BIND, "driver_override", error);
	if (!record(x, index, override))
		return false;
	error = write_planned(x, index, WRITE_OVERRIDE);
	if (error)
		return note(x, index, WRITTEN_VFIO_BIND, "driver_override", error);
	error = write_planned(x, index, WRITE_VFIO_BIND);
	if (!error && !has_vfio(x->root, subject->function))
		error = ENODEV;
	return note(x, index, WRITTEN_VFIO_BIND, "bind", error);
}

bool vfio_release(struct execution *x, size_t index)
{
	const struct subject *subject = &x->step->subjects[index];
	int error;

	if (!x->vfio_change[index])
		return true;
	error = vfio_put_back(x->root, subject->function, x->override_before[index]);
	(void)note(x, index, WRITTEN_VFIO_UNBIND, "unbind", error);
	if (error)
		return false;
	journal_undone(x->journal, x->vfio_change[index]);
	x->vfio_change[index] = 0;
	return true;
}
