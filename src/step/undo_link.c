// SPDX-License-Identifier: GPL-2.0-or-later
/* A network interface on its way back. */
#include "step/link.h"
#include "step/undoing.h"

static const struct use *somebodys_network(const struct undoing *u)
{
	const struct function *function = snapshot_find(u->snapshot, u->change->function);

	for (size_t i = 0; function && i < function->use_count; i++)
		if (function->uses[i].kind == USE_NETWORK_MEMBER ||
		    function->uses[i].kind == USE_NETWORK_ROUTE)
			return &function->uses[i];
	return NULL;
}

enum recovery_outcome undo_link(struct undoing *u)
{
	const struct change *change = u->change;
	const struct use *use = somebodys_network(u);
	char name[LINK_NAME_MAX];
	bool changed;
	int r;

	if (link_name(u->root, change->interface, change->function, name) < 0)
		return undoing_say(u, RECOVERY_GONE, "the network interface of %s is gone",
				   change->function);
	if (use)
		return undoing_say(u, RECOVERY_LEFT,
				   "%s of %s stays as it is, for it was put to use since: %s", name,
				   change->function, use->what);
	r = link_lower(u->root, change->interface, change->before, &changed);
	if (r == 0) {
		u->quieted = change->function;
		return undoing_say(u, changed ? RECOVERY_DONE : RECOVERY_NOTHING,
				   "%s of %s is down%s", name, change->function,
				   changed ? " again" : ", as it was");
	}
	undoing_advise(u, "run `iommu-resettest recover` again, or: ip link set dev %s down", name);
	return undoing_say(u, RECOVERY_FAILED, "%s of %s could not be taken down again: %s", name,
			   change->function, strerror(-r));
}
