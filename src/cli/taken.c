// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/taken.h"

#include "snapshot/again.h"
#include "snapshot/interface.h"

static bool was_there(const struct function *then, const struct use *use)
{
	for (size_t i = 0; i < then->use_count; i++)
		if (then->uses[i].kind == use->kind && streq(then->uses[i].what, use->what))
			return true;
	return false;
}

static const struct use *find_new(const struct function *then, const struct function *now)
{
	for (size_t i = 0; i < now->use_count; i++)
		if (now->uses[i].kind != USE_NETWORK && !was_there(then, &now->uses[i]))
			return &now->uses[i];
	return NULL;
}

static bool may_pass(enum use_kind kind)
{
	return kind == USE_OPEN || kind == USE_HELD;
}

/* Returns whether that may pass; then @why holds what it is. */
static bool find_use(const struct root *root, const struct snapshot *planned,
		     const struct function *then, char why[WHY_MAX])
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *now;
	const struct use *use;
	int r = snapshot_look_again(root, planned, &then, 1, NULL, &snapshot);

	why[0] = '\0';
	now = r < 0 ? NULL : snapshot_find(&snapshot, then->bdf);
	if (!now) {
		snprintf(why, WHY_MAX, "what it is used for cannot be determined%s%s",
			 r < 0 ? ": " : "", r < 0 ? strerror(-r) : "");
		return false;
	}
	use = find_new(then, now);
	if (use)
		snprintf(why, WHY_MAX, "%s", use->what);
	return use && may_pass(use->kind);
}

/* A program that has an interface before it has an address: a DHCP client, a sniffer. */
static void find_listener(const struct root *root, const char *function, char why[WHY_MAX])
{
	int r = interface_listened(root, function);

	if (r > 0)
		snprintf(why, WHY_MAX, "a program listens on its interface (proc/net/packet)");
	else if (r < 0)
		snprintf(why, WHY_MAX, "whether a program listens on its interface is unknown: %s",
			 strerror(-r));
}

bool taken_find(const struct root *root, const struct snapshot *planned,
		const struct function *function, char why[WHY_MAX])
{
	bool passes = find_use(root, planned, function, why);

	if (!why[0])
		find_listener(root, function->bdf, why);
	return passes;
}
