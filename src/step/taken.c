// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/taken.h"

/* Whoever looks at new devices (udev, mdadm, LVM) has them open for a moment after a bind. */
#define SETTLE_TRIES 20
#define SETTLE_NS 200000000ULL

bool taken_by_others(struct execution *x, size_t index)
{
	const struct function *function = x->planned->functions[index];
	char *why = x->step->subjects[index].kept_for;

	if (why[0] || !x->find_taken)
		return why[0] != '\0';
	for (int i = 0; x->find_taken(x->root, x->snapshot, function, why) && i < SETTLE_TRIES; i++)
		meanwhile_pause(&x->meanwhile, SETTLE_NS);
	return why[0] != '\0';
}
