/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What this build can do. What configure left out is listed as well, as missing. */
#ifndef BASE_FEATURES_H
#define BASE_FEATURES_H

#include <stddef.h>

struct feature {
	const char *name; /* as --version and JSON spell it */
	int built;
	const char *without; /* what its absence means, one clause */
};

/* NULL past the last. Pure. */
const struct feature *feature_at(size_t index);

#endif
