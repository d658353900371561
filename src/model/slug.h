/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fixed words of the tool's answers: findings and reasons, with cause and remedy. */
#ifndef MODEL_SLUG_H
#define MODEL_SLUG_H

#include <stddef.h>

enum slug_class {
	SLUG_BUG,	   /* a finding that names the bug: the kernel is vulnerable */
	SLUG_BROKEN,	   /* any other failing finding */
	SLUG_INCONCLUSIVE, /* why a step that ran proves nothing */
	SLUG_SKIP,	   /* why a step was not run */
	SLUG_REFUSED,	   /* why a function may not be reset */
};

struct slug {
	const char *name;
	enum slug_class class;
	const char *meaning; /* what was observed */
	const char *cause;   /* why that happens */
	const char *remedy;  /* what to do */
};

/* NULL for a word that is none. Pure. */
const struct slug *slug_find(const char *name);

/* All of them in the order of the classes; NULL past the last. Pure. */
const struct slug *slug_at(size_t index);

/* "bug", "broken", "inconclusive", "skipped", "refused". Pure. */
const char *slug_class_name(enum slug_class class);

#endif
