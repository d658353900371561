/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fact that may also be undetermined. "Unknown" is never read as "no". */
#ifndef MODEL_TRI_H
#define MODEL_TRI_H

enum tri {
	TRI_UNKNOWN,
	TRI_NO,
	TRI_YES,
};

/* "unknown", "no", "yes". Pure. */
const char *tri_name(enum tri value);

/* The inverse; anything else is TRI_UNKNOWN. Pure. */
enum tri tri_parse(const char *name);

static inline enum tri tri_of(int condition)
{
	return condition ? TRI_YES : TRI_NO;
}

#endif
