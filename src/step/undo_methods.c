// SPDX-License-Identifier: GPL-2.0-or-later
/* The list in reset_method on its way back. */
#include <errno.h>

#include "step/attribute.h"
#include "step/undoing.h"

/* The names of @part all stand in @list, in its order: what a write that half worked leaves. */
static bool is_part_of(const char *part, const char *list)
{
	struct method_list some, all;
	unsigned int at = 0;

	if (method_list_parse(part, &some) < 0 || method_list_parse(list, &all) < 0)
		return false;
	/* No write of a run leaves none: somebody has forbidden all resets since. */
	if (some.count == 0)
		return false;
	for (unsigned int i = 0; i < some.count; i++) {
		while (at < all.count && !streq(all.names[at], some.names[i]))
			at++;
		if (at++ == all.count)
			return false;
	}
	return true;
}

/* What the function is used for; NULL: nothing. The snapshot is of before anything was undone. */
static const struct use *find_use(const struct undoing *u, const struct function *function)
{
	bool quieted = u->quieted && streq(u->quieted, function->bdf);

	for (size_t i = 0; i < function->use_count; i++)
		if (!quieted || function->uses[i].kind != USE_NETWORK)
			return &function->uses[i];
	return NULL;
}

/* Writing the list detaches a function from its IOMMU for a moment: not under somebody's work. */
static const char *why_not_now(const struct undoing *u, const char *driver, char why[WHY_MAX])
{
	const struct change *change = u->change;
	const struct function *function = snapshot_find(u->snapshot, change->function);
	const struct use *use = function ? find_use(u, function) : NULL;

	if (driver[0] && !streq(driver, change->driver)) {
		snprintf(why, WHY_MAX, "driver %s has been bound since", driver);
		return why;
	}
	if (change->in_use)
		return NULL;
	if (!function || use) {
		snprintf(why, WHY_MAX, "it is in use: %.192s", use ? use->what : "it is new");
		return why;
	}
	return NULL;
}

static enum recovery_outcome write_methods(const struct undoing *u, const char *now)
{
	const struct change *change = u->change;
	char path[64], after[METHOD_LIST_TEXT_MAX];
	int error, r;

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/reset_method", change->function);
	error = attribute_put_back(u->root, NULL, path, change->before, METHOD_WRITE_DEADLINE_S);
	r = attribute_read_methods(u->root, change->function, after, sizeof(after));
	if (error == 0 && r == 0 && streq(after, change->before))
		return undoing_say(u, RECOVERY_DONE,
				   "reset_method of %s is \"%s\" again (was left at \"%s\")",
				   change->function, change->before, now);
	undoing_advise(u, "run `iommu-resettest recover` again, or: echo '%s' > /%s",
		       change->before, path);
	return undoing_say(u, RECOVERY_FAILED,
			   "reset_method of %s still holds \"%s\" instead of \"%s\": %s",
			   change->function, r == 0 ? after : now, change->before,
			   error ? strerror(error) : "the kernel left a method out");
}

/* Whether the driver of the function is bound again after this. */
static bool is_bound_later(const struct undoing *u)
{
	for (size_t i = 0; i < u->older_count; i++)
		if (u->older[i].kind == CHANGE_DRIVER &&
		    streq(u->older[i].function, u->change->function))
			return true;
	return false;
}

/* Though it was not when the run began, and that was forced. */
static bool is_idle(const struct undoing *u)
{
	const struct function *function = snapshot_find(u->snapshot, u->change->function);

	return function && !find_use(u, function);
}

/*
 * A driver that was taken off before the list was changed may have been bound again meanwhile: by
 * the step, whose end would have taken it off, or by somebody else. Returns 0 or a positive errno.
 */
static int release_driver(const struct undoing *u, char driver[64])
{
	char path[128];
	int error;

	snprintf(path, sizeof(path), "sys/bus/pci/drivers/%s/unbind", driver);
	error = attribute_put_back(u->root, NULL, path, u->change->function,
				   DRIVER_WRITE_DEADLINE_S);
	if (attribute_read_driver(u->root, u->change->function, driver, 64) < 0 || driver[0])
		return error ? error : EBUSY;
	return 0;
}

/* What the run did with the driver off is not undone under it. */
static enum recovery_outcome write_methods_released(const struct undoing *u, const char *now,
						    char driver[64])
{
	const struct change *change = u->change;
	char name[64];
	int error;

	snprintf(name, sizeof(name), "%s", driver);
	/* Without a record of it nobody would bind the driver again if the tool died here. */
	error = is_bound_later(u) && is_idle(u) ? release_driver(u, driver) : EBUSY;
	if (error == 0)
		return write_methods(u, now);
	undoing_advise(u,
		       "echo %s > /sys/bus/pci/drivers/%s/unbind, then run `iommu-resettest "
		       "recover` again "
		       "and bind the driver",
		       change->function, name);
	return undoing_say(
		u, RECOVERY_FAILED,
		"reset_method of %s was left at \"%s\" and should be \"%s\", but driver %s is "
		"bound: %s",
		change->function, now, change->before, name, strerror(error));
}

enum recovery_outcome undo_methods(const struct undoing *u)
{
	const struct change *change = u->change;
	char now[METHOD_LIST_TEXT_MAX], driver[64], why[WHY_MAX];
	int r = attribute_read_methods(u->root, change->function, now, sizeof(now));

	if (r == 0)
		r = attribute_read_driver(u->root, change->function, driver, sizeof(driver));
	if (r < 0) {
		undoing_advise(
			u,
			"look at /sys/bus/pci/devices/%s, then run `iommu-resettest recover` "
			"again",
			change->function);
		return undoing_say(u, RECOVERY_FAILED, "reset_method of %s cannot be read: %s",
				   change->function, strerror(-r));
	}
	if (streq(now, change->before))
		return undoing_say(u, RECOVERY_NOTHING, "reset_method of %s is \"%s\", as it was",
				   change->function, now);
	/* After "default" anything may stand there. */
	if (!streq(now, change->after) && !streq(change->after, METHODS_DEFAULT) &&
	    !is_part_of(now, change->before))
		return undoing_say(
			u, RECOVERY_LEFT,
			"reset_method of %s was changed by somebody else since and stays \"%s\" "
			"(it was \"%s\")",
			change->function, now, change->before);
	if (why_not_now(u, driver, why)) {
		undoing_advise(u, "free the function, then run `iommu-resettest recover` again");
		return undoing_say(
			u, RECOVERY_FAILED,
			"reset_method of %s was left at \"%s\" and should be \"%s\", but %s",
			change->function, now, change->before, why);
	}
	return change->unbound && driver[0] ? write_methods_released(u, now, driver)
					    : write_methods(u, now);
}
