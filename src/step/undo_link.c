// SPDX-License-Identifier: GPL-2.0-or-later
/* A network interface on its way back. */
#include <errno.h>

#include "step/link.h"
#include "step/undoing.h"

static const struct use *find_use(const struct undoing *u, enum use_kind kind)
{
	const struct function *function = snapshot_find(u->snapshot, u->change->function);

	for (size_t i = 0; function && i < function->use_count; i++)
		if (function->uses[i].kind == kind)
			return &function->uses[i];
	return NULL;
}

static const struct use *somebodys_network(const struct undoing *u)
{
	const struct use *use = find_use(u, USE_NETWORK_MEMBER);

	return use ? use : find_use(u, USE_NETWORK_ROUTE);
}

static enum recovery_outcome fail(const struct undoing *u, const char *name, const char *why)
{
	undoing_advise(u, "run `iommu-resettest recover` again, or: ip link set dev %s down", name);
	return undoing_say(u, RECOVERY_FAILED, "%s of %s could not be taken down again: %s", name,
			   u->change->function, why);
}

/* With IPv6 as it was, which nobody else would turn on again. */
static enum recovery_outcome leave(const struct undoing *u, const char *name, const char *use)
{
	int r = link_give_ipv6_back(u->root, u->change->interface, u->change->before);

	if (r < 0) {
		undoing_advise(u,
			       "run `iommu-resettest recover` again, or: sysctl "
			       "net.ipv6.conf.%s.disable_ipv6=%s",
			       name, u->change->before);
		return undoing_say(u, RECOVERY_FAILED,
				   "IPv6 of %s of %s could not be turned on again: %s", name,
				   u->change->function, strerror(-r));
	}
	return undoing_say(u, RECOVERY_LEFT,
			   "%s of %s stays as it is, for it was put to use since: %s", name,
			   u->change->function, use);
}

enum recovery_outcome undo_link(struct undoing *u)
{
	const struct change *change = u->change;
	const struct use *use = somebodys_network(u), *unknown = find_use(u, USE_UNKNOWN);
	char name[LINK_NAME_MAX];
	bool changed;
	int r = link_name(u->root, change->interface, change->function, name);

	if (r == -ENODEV)
		return undoing_say(u, RECOVERY_GONE, "the network interface of %s is gone",
				   change->function);
	if (r < 0) {
		undoing_advise(u, "run `iommu-resettest recover` again");
		return undoing_say(u, RECOVERY_FAILED,
				   "the network interface of %s cannot be found: %s",
				   change->function, strerror(-r));
	}
	if (use)
		return leave(u, name, use->what);
	/* It may be somebody's by now. */
	if (unknown)
		return fail(u, name, unknown->what);
	r = u->listened(u->root, change->function);
	if (r > 0)
		return leave(u, name, "a program listens on it");
	if (r < 0)
		return fail(u, name, strerror(-r));
	r = link_lower(u->root, change->interface, change->before, &changed);
	if (r < 0)
		return fail(u, name, strerror(-r));
	u->quieted = change->function;
	return undoing_say(u, changed ? RECOVERY_DONE : RECOVERY_NOTHING, "%s of %s is down%s",
			   name, change->function, changed ? " again" : ", as it was");
}
