// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/changes.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "observe/config.h"
#include "step/attribute.h"
#include "step/group_type.h"
#include "step/rebind.h"
#include "step/vfio_bind.h"

#define CLAIM_TRIES 10
#define CLAIM_PAUSE_MS 200

int changes_check(const struct execution *x, const struct function *function,
		  struct subject *subject)
{
	char driver[sizeof(subject->driver)];
	int r;

	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/reset_method", function->bdf);
	r = attribute_read_methods(x->root, function->bdf, subject->methods_before,
				   sizeof(subject->methods_before));
	if (r < 0)
		return r;
	if (!streq(subject->methods_before, function->methods.text))
		return -ESTALE;
	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s", function->bdf);
	r = function_present(x->root, function->bdf, function->vendor, function->device);
	if (r <= 0)
		return r < 0 ? r : -ENODEV;
	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/driver", function->bdf);
	r = attribute_read_driver(x->root, function->bdf, driver, sizeof(driver));
	if (r < 0)
		return r;
	return streq(driver, function->driver) ? 0 : -ESTALE;
}

bool changes_record(struct execution *x, size_t index, struct change *change)
{
	const struct function *function = x->planned->functions[index];

	snprintf(change->function, sizeof(change->function), "%s", function->bdf);
	snprintf(change->driver, sizeof(change->driver), "%s", function->driver);
	change->vendor = function->vendor;
	change->device = function->device;
	change->in_use = function->use_count > 0;
	x->error = journal_change(x->journal, change);
	if (x->error < 0)
		snprintf(x->failed, WHY_MAX, "the journal in the state directory");
	return x->error == 0;
}

static bool record_unbind(struct execution *x, size_t index)
{
	struct change change = {.kind = CHANGE_DRIVER};
	char path[64];

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/driver_override",
		 x->planned->functions[index]->bdf);
	/* "(null)" is how the kernel spells none. */
	if (root_read_line(x->root, path, change.before, sizeof(change.before)) < 0 ||
	    streq(change.before, "(null)"))
		change.before[0] = '\0';
	if (!changes_record(x, index, &change))
		return false;
	x->driver_change[index] = change.id;
	return true;
}

static bool record_select(struct execution *x, size_t index, const char *value)
{
	struct change change = {.kind = CHANGE_METHODS,
				.unbound = x->step->subjects[index].unbound};

	snprintf(change.before, sizeof(change.before), "%s",
		 x->step->subjects[index].methods_before);
	snprintf(change.after, sizeof(change.after), "%s", value);
	if (!changes_record(x, index, &change))
		return false;
	x->method_change[index] = change.id;
	return true;
}

/* Who looks at a disk for a moment (mdadm, LVM) may have it for itself alone. */
static int claim_disks(const struct execution *x, const char *function, int **fds)
{
	const struct timespec pause = {.tv_nsec = CLAIM_PAUSE_MS * 1000000L};
	int count = x->claim_disks ? x->claim_disks(x->root, function, fds) : 0;

	for (int i = 0; count == -EBUSY && i < CLAIM_TRIES; i++) {
		nanosleep(&pause, NULL);
		count = x->claim_disks(x->root, function, fds);
	}
	return count;
}

/* A disk may have been mounted while the record went to disk. Returns 0 or a positive errno. */
static int take_driver_off(const struct execution *x, const char *function,
			   const struct planned_write *write)
{
	_cleanup_free_ int *fds = NULL;
	int count = claim_disks(x, function, &fds), error;

	if (count < 0)
		return -count;
	error = attribute_write(x->root, NULL, write->path, write->value, DRIVER_WRITE_DEADLINE_S);
	while (count-- > 0)
		close(fds[count]);
	return error;
}

static bool unbind(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_UNBIND);
	struct subject *subject = &x->step->subjects[index];

	if (!write)
		return true;
	if (!record_unbind(x, index))
		return false;
	subject->unbound = true;
	subject->unbind_errno = take_driver_off(x, subject->function, write);
	return subject->unbind_errno == 0;
}

/* Nobody can foretell which of the names stands in the list when the tool dies. */
static bool announce_probes(struct execution *x, size_t index)
{
	if (!record_select(x, index, METHODS_DEFAULT))
		return false;
	x->step->subjects[index].method_written = true;
	return true;
}

static bool select_method(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_SELECT);
	struct subject *subject = &x->step->subjects[index];

	if (!write && x->planned->roles[index] == SUBJECT_PROBED)
		return announce_probes(x, index);
	if (!write)
		return true;
	if (!record_select(x, index, write->value))
		return false;
	subject->method_written = true;
	subject->select_errno = attribute_write(x->root, x->workers, write->path, write->value,
						METHOD_WRITE_DEADLINE_S);
	return subject->select_errno == 0;
}

bool changes_make(struct execution *x)
{
	/* A method is selected only once no driver can notice. */
	for (size_t i = 0; i < x->step->subject_count; i++)
		if (!unbind(x, i) || !group_type_announce(x, i) || !select_method(x, i) ||
		    !rebind_driver(x, i) || !vfio_bind(x, i))
			return false;
	return true;
}

int changes_check_drivers(const struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++) {
		const struct subject *subject = &x->step->subjects[i];
		bool off = subject->unbound && !execution_write(x, i, WRITE_REBIND);
		const char *wanted = x->planned->vfio ? VFIO_PCI : off ? "" : subject->driver;
		char driver[sizeof(subject->driver)];
		int r = attribute_read_driver(x->root, subject->function, driver, sizeof(driver));

		if (r == 0 && !streq(driver, wanted))
			r = -ESTALE;
		if (r < 0) {
			snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/driver",
				 subject->function);
			return r;
		}
	}
	return 0;
}

static void restore_method(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_RESTORE);
	struct subject *subject = &x->step->subjects[index];

	/* A reset that has not ended still works with the list, and so may a driver. */
	if (subject->hung || !rebind_release(x, index) || !vfio_release(x, index))
		subject->restore_errno = write && subject->method_written ? EBUSY : 0;
	else if (write && subject->method_written)
		subject->restore_errno = attribute_put_back(x->root, x->workers, write->path,
							    write->value, METHOD_WRITE_DEADLINE_S);
	if (attribute_read_methods(x->root, subject->function, subject->methods_after,
				   sizeof(subject->methods_after)) < 0)
		subject->methods_after[0] = '\0';
	/* A write that was given up may come true later. */
	if (x->method_change[index] && subject->restore_errno == 0 &&
	    subject->select_errno != ETIMEDOUT &&
	    streq(subject->methods_after, subject->methods_before))
		journal_undone(x->journal, x->method_change[index]);
}

static void bind_driver(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_BIND);
	struct subject *subject = &x->step->subjects[index];
	char driver[sizeof(subject->driver)];

	/* The driver may never have let go, or hotplug may have bound it meanwhile. */
	if (subject->hung)
		subject->bind_errno = write && subject->unbound ? EBUSY : 0;
	else if (write && subject->unbound &&
		 (attribute_read_driver(x->root, subject->function, driver, sizeof(driver)) < 0 ||
		  !driver[0]))
		subject->bind_errno = attribute_put_back(x->root, NULL, write->path, write->value,
							 DRIVER_WRITE_DEADLINE_S);
	if (attribute_read_driver(x->root, subject->function, subject->driver_after,
				  sizeof(subject->driver_after)) < 0)
		subject->driver_after[0] = '\0';
	/* Whoever recovers takes the driver off to put the list back, and binds it again. */
	if (subject->kept_for[0] && subject->restore_errno)
		return;
	if (x->driver_change[index] && subject->bind_errno == 0 &&
	    subject->unbind_errno != ETIMEDOUT && streq(subject->driver_after, subject->driver))
		journal_undone(x->journal, x->driver_change[index]);
}

void changes_undo(struct execution *x)
{
	for (size_t i = x->step->subject_count; i-- > 0;) {
		restore_method(x, i);
		group_type_restore(x, i);
		bind_driver(x, i);
	}
}

int changes_left(const struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++) {
		const struct subject *subject = &x->step->subjects[i];

		if (subject->restore_errno) {
			snprintf(x->failed, WHY_MAX,
				 "reset_method of %s held \"%.160s\", which could not be put back",
				 subject->function, subject->methods_before);
			return -subject->restore_errno;
		}
		if (x->vfio_change[i] && !subject->hung) {
			snprintf(x->failed, WHY_MAX,
				 VFIO_PCI " or its driver_override could not be taken off %s",
				 subject->function);
			return -EIO;
		}
		if (x->type_change[i] && !subject->hung) {
			snprintf(x->failed, WHY_MAX,
				 "IOMMU group %d had the type %s, which could not be put back",
				 subject->group, x->planned->type_before);
			return -EIO;
		}
		if (x->link_change[i] && !subject->hung) {
			snprintf(x->failed, WHY_MAX,
				 "the network interface of %s could not be taken down again",
				 subject->function);
			return -EIO;
		}
		if (subject->bind_errno) {
			snprintf(x->failed, WHY_MAX, "driver %s could not be bound to %s again",
				 subject->driver, subject->function);
			return -subject->bind_errno;
		}
	}
	return 0;
}
