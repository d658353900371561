/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions that the machine is known to have. IOMMUs name a function by its requester id,
 * which has no domain: that is what is looked for here.
 */
#ifndef MODEL_KNOWN_H
#define MODEL_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "model/bdf.h"

struct known_function {
	char name[BDF_MAX];
};

/* More than any machine has. What is beyond is not known, and files cannot make the list slow. */
#define KNOWN_MAX 65536

/* Each once, sorted by bus, device and function. Zeroed it is empty. */
struct known {
	struct known_function *functions;
	size_t count;
};

/*
 * Adds a function, unless it is there already or can have no requester id that an IOMMU sees: what
 * is below VMD uses that of the VMD. Returns 0 or -ENOMEM.
 */
int known_add(struct known *known, const char *function) _must_check_;

/* Whether a function of any domain is the @printed "BB:DD.F". Pure. */
bool known_has(const struct known *known, const char *printed);

void known_clear(struct known *known);

#endif
