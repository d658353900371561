// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/undo.h"

#include <errno.h>
#include <stdarg.h>

#include "observe/config.h"
#include "observe/trace.h"
#include "step/attribute.h"
#include "step/group_type.h"
#include "step/observers.h"
#include "step/setting.h"
#include "step/undoing.h"
#include "step/vfio_bind.h"

enum recovery_outcome undoing_say(const struct undoing *u, enum recovery_outcome outcome,
				  const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(u->item->text, sizeof(u->item->text), format, args);
	va_end(args);
	return outcome;
}

void undoing_advise(const struct undoing *u, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(u->item->remedy, sizeof(u->item->remedy), format, args);
	va_end(args);
}

static enum recovery_outcome bind_again(const struct undoing *u)
{
	const struct change *change = u->change;
	char path[128], driver[64];
	int error, r;

	snprintf(path, sizeof(path), "sys/bus/pci/drivers/%s/bind", change->driver);
	error = attribute_put_back(u->root, NULL, path, change->function, DRIVER_WRITE_DEADLINE_S);
	r = attribute_read_driver(u->root, change->function, driver, sizeof(driver));
	if (r == 0 && streq(driver, change->driver))
		return undoing_say(u, RECOVERY_DONE, "driver %s is bound to %s again", driver,
				   change->function);
	if (root_exists(u->root, path))
		undoing_advise(
			u,
			"read the kernel log, look at driver_override (it was \"%s\"), then: "
			"echo %s > /%s",
			change->before, change->function, path);
	else
		undoing_advise(u, "modprobe %s, then run `iommu-resettest recover` again",
			       change->driver);
	return undoing_say(u, RECOVERY_FAILED, "driver %s could not be bound to %s again: %s",
			   change->driver, change->function,
			   error ? strerror(error) : "the kernel says nothing");
}

static enum recovery_outcome undo_driver(const struct undoing *u)
{
	const struct change *change = u->change;
	char driver[64];
	int r = attribute_read_driver(u->root, change->function, driver, sizeof(driver));

	if (r < 0) {
		undoing_advise(u, "look at /sys/bus/pci/devices/%s/driver", change->function);
		return undoing_say(u, RECOVERY_FAILED, "the driver of %s cannot be read: %s",
				   change->function, strerror(-r));
	}
	if (streq(driver, change->driver))
		return undoing_say(u, RECOVERY_NOTHING, "driver %s is bound to %s, as it was",
				   driver, change->function);
	if (driver[0])
		return undoing_say(
			u, RECOVERY_LEFT,
			"driver %s was bound to %s by somebody else since and stays (it was %s)",
			driver, change->function, change->driver);
	return bind_again(u);
}

/* The function may have come into another group since. */
static bool is_in_group(const struct undoing *u)
{
	char path[64], link[16], group[16];

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/iommu_group", u->change->function);
	snprintf(group, sizeof(group), "%d", u->change->group);
	return root_read_link_name(u->root, path, link, sizeof(link)) == 0 && streq(link, group);
}

static enum recovery_outcome write_type(const struct undoing *u, const char *now)
{
	const struct change *change = u->change;
	char path[64], after[sizeof(change->before)];
	int error, r;

	snprintf(path, sizeof(path), "sys/kernel/iommu_groups/%d/type", change->group);
	error = attribute_put_back(u->root, NULL, path, change->before, TYPE_WRITE_DEADLINE_S);
	r = group_type_read(u->root, change->group, after, sizeof(after));
	if (r == 0 && streq(after, change->before))
		return undoing_say(u, RECOVERY_DONE,
				   "IOMMU group %d is of type \"%s\" again (was left at \"%s\")",
				   change->group, change->before, now);
	undoing_advise(
		u,
		"unbind the functions of the group, then run `iommu-resettest recover` again, or: "
		"echo %s > /%s",
		change->before, path);
	return undoing_say(u, RECOVERY_FAILED,
			   "IOMMU group %d still is of type \"%s\" instead of \"%s\": %s",
			   change->group, r == 0 ? after : now, change->before,
			   error ? strerror(error) : "the kernel says nothing");
}

static enum recovery_outcome undo_type(const struct undoing *u)
{
	const struct change *change = u->change;
	char now[sizeof(change->before)];
	int r;

	if (!is_in_group(u))
		return undoing_say(u, RECOVERY_GONE, "%s is not in IOMMU group %d any more",
				   change->function, change->group);
	r = group_type_read(u->root, change->group, now, sizeof(now));
	if (r < 0) {
		undoing_advise(u, "look at /sys/kernel/iommu_groups/%d/type", change->group);
		return undoing_say(u, RECOVERY_FAILED,
				   "the type of IOMMU group %d cannot be read: %s", change->group,
				   strerror(-r));
	}
	if (streq(now, change->before))
		return undoing_say(u, RECOVERY_NOTHING,
				   "IOMMU group %d is of type \"%s\", as it was", change->group,
				   now);
	if (!streq(now, change->after))
		return undoing_say(
			u, RECOVERY_LEFT,
			"the type of IOMMU group %d was changed by somebody else since and stays "
			"\"%s\" (it was \"%s\")",
			change->group, now, change->before);
	return write_type(u, now);
}

static enum recovery_outcome undo_trace(const struct undoing *u)
{
	const struct change *change = u->change;
	uint64_t here = observers_mount_namespace(u->root);
	bool found;
	int r = trace_recover(change->mounts && here == change->mount_namespace_id, &found);

	if (r == 0)
		return undoing_say(
			u, found ? RECOVERY_DONE : RECOVERY_NOTHING, "%s",
			found ? "trace instance, probes and the mount for them are removed"
			      : "nothing of it is left in tracefs");
	switch (r) {
	case -ENOENT:
		undoing_advise(u,
			       "mount -t tracefs tracefs /sys/kernel/tracing; run `iommu-resettest "
			       "recover` again");
		break;
	case -ENOSYS:
		undoing_advise(u, "run `recover` of a program that is built with tracefs");
		break;
	default:
		undoing_advise(u, "stop whoever reads "
				  "/sys/kernel/tracing/instances/" TRACE_INSTANCE
				  "; run `iommu-resettest recover` again");
		break;
	}
	return undoing_say(u, RECOVERY_FAILED, "trace instance or probes are still there: %s",
			   r == -ENOENT ? "tracefs is not mounted any more" : strerror(-r));
}

/*
 * Another value than that of the run may be what a restore that was cut short has left: it takes
 * more than one write where the kernel shows the value in another unit than it takes.
 */
static enum recovery_outcome undo_setting(const struct undoing *u)
{
	const struct change *change = u->change;
	char now[16];
	int r = root_read_line(u->root, change->path, now, sizeof(now));

	if (r == -ENOENT)
		return undoing_say(u, RECOVERY_GONE, "/%s is gone", change->path);
	if (r == 0 && streq(now, change->before))
		return undoing_say(u, RECOVERY_NOTHING, "/%s is %s, as it was", change->path, now);
	r = r < 0 ? r : setting_restore(u->root, change->path, change->before);
	if (r == 0)
		return undoing_say(u, RECOVERY_DONE, "/%s is %s again (was left at %s)",
				   change->path, change->before, now);
	undoing_advise(u, "write to /%s until it shows %s", change->path, change->before);
	return undoing_say(u, RECOVERY_FAILED, "/%s could not be made %s again: %s", change->path,
			   change->before, strerror(-r));
}

static enum recovery_outcome undo_vfio(const struct undoing *u)
{
	const struct change *change = u->change;
	const struct function *function = snapshot_find(u->snapshot, change->function);
	char driver[64], override[METHOD_LIST_TEXT_MAX];
	int r = attribute_read_driver(u->root, change->function, driver, sizeof(driver));
	bool bound = r == 0 && streq(driver, VFIO_PCI);

	if (r == 0)
		r = vfio_read_override(u->root, change->function, override, sizeof(override));
	if (r == 0 && !bound && !streq(override, VFIO_PCI))
		return undoing_say(u, RECOVERY_NOTHING,
				   VFIO_PCI " is not bound to %s, nor in its driver_override",
				   change->function);
	/* Whoever uses it would be waited for, and lose it. */
	if (r == 0 && bound && (!function || function->use_count > 0)) {
		undoing_advise(u, "free the function, then run `iommu-resettest recover` again");
		return undoing_say(
			u, RECOVERY_FAILED, VFIO_PCI " stays bound to %s: it is in use: %.160s",
			change->function, function ? function->uses[0].what : "it is new");
	}
	r = r < 0 ? -r : vfio_put_back(u->root, change->function, change->before);
	if (r == 0)
		return undoing_say(u, RECOVERY_DONE,
				   VFIO_PCI " is off %s again, and driver_override holds \"%s\"",
				   change->function, change->before);
	undoing_advise(u,
		       "echo %s > /sys/bus/pci/drivers/" VFIO_PCI "/unbind; echo '%s' > "
		       "/sys/bus/pci/devices/%s/driver_override",
		       change->function, change->before, change->function);
	return undoing_say(u, RECOVERY_FAILED,
			   VFIO_PCI " or its driver_override could not be taken off %s: %s",
			   change->function, strerror(r));
}

static enum recovery_outcome undo(struct undoing *u)
{
	const struct change *change = u->change;
	int present;

	if (change->kind == CHANGE_TRACE)
		return undo_trace(u);
	present = function_present(u->root, change->function, change->vendor, change->device);
	if (present < 0) {
		undoing_advise(u, "run `iommu-resettest recover` again");
		return undoing_say(u, RECOVERY_FAILED, "whether %s is there is unknown: %s",
				   change->function, strerror(-present));
	}
	if (!present)
		return undoing_say(u, RECOVERY_GONE, "%s is gone or is another device now",
				   change->function);
	if (change->kind == CHANGE_TYPE)
		return undo_type(u);
	if (change->kind == CHANGE_VFIO)
		return undo_vfio(u);
	if (change->kind == CHANGE_SETTING)
		return undo_setting(u);
	if (change->kind == CHANGE_LINK)
		return undo_link(u);
	return change->kind == CHANGE_METHODS ? undo_methods(u) : undo_driver(u);
}

/* What was changed before vfio-pci was bound can only be put back after it is off. */
static enum recovery_outcome wait_for_vfio(const struct undoing *u)
{
	undoing_advise(u, "run `iommu-resettest recover` again when " VFIO_PCI " is off");
	return undoing_say(u, RECOVERY_FAILED, "the %s of %s has to wait until " VFIO_PCI " is off",
			   u->change->kind == CHANGE_METHODS ? "reset_method" : "driver",
			   u->change->function);
}

static bool waits_for_vfio(const struct change *change, const char *stuck)
{
	return (change->kind == CHANGE_METHODS || change->kind == CHANGE_DRIVER) &&
	       streq(change->function, stuck);
}

int undo_changes(const struct root *root, const struct snapshot *snapshot, listened_fn listened,
		 const struct change *changes, size_t count, struct journal *journal,
		 struct recovery *recovery)
{
	const char *quieted = NULL;
	const char *stuck = "", *unlisted = "";

	for (size_t i = count; i-- > 0;) {
		struct undoing u = {.root = root,
				    .snapshot = snapshot,
				    .listened = listened,
				    .change = &changes[i],
				    .older = changes,
				    .older_count = i,
				    .item = recovery_add_item(recovery),
				    .quieted = quieted};

		if (!u.item)
			return -ENOMEM;
		u.item->kind = change_kind_name(changes[i].kind);
		snprintf(u.item->function, sizeof(u.item->function), "%s", changes[i].function);
		u.item->outcome = waits_for_vfio(&changes[i], stuck) ? wait_for_vfio(&u) : undo(&u);
		if (changes[i].kind == CHANGE_VFIO && u.item->outcome == RECOVERY_FAILED)
			stuck = changes[i].function;
		if (changes[i].kind == CHANGE_METHODS && u.item->outcome == RECOVERY_FAILED)
			unlisted = changes[i].function;
		quieted = u.quieted;
		/* Without the record of its driver the list could not be put back later. */
		if (u.item->outcome != RECOVERY_FAILED && journal &&
		    !(changes[i].kind == CHANGE_DRIVER && streq(changes[i].function, unlisted)))
			journal_undone(journal, changes[i].id);
	}
	return 0;
}
