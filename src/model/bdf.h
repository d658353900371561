/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The address of a PCI function, as text and as numbers. */
#ifndef MODEL_BDF_H
#define MODEL_BDF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

#define BDF_MAX 20 /* "DDDD:BB:DD.F"; VMD domains have more digits */

struct bdf {
	uint32_t domain; /* at most 0x7fffffff */
	uint8_t bus;
	uint8_t slot;
	uint8_t func;
};

/*
 * Parses the kernel's spelling, exactly: four or more hex digits of domain, "BB:DD.F" after it.
 * Returns 0, or -EINVAL for anything else. Pure.
 */
int bdf_parse(const char *text, struct bdf *bdf) _must_check_;

/* Parses what a user types: the domain may be absent (0), digits short or upper case. Pure. */
int bdf_parse_loose(const char *text, struct bdf *bdf) _must_check_;

/* Spells it as the kernel does. Pure. */
void bdf_format(const struct bdf *bdf, char text[BDF_MAX]);

/*
 * Finds the next component of a path that is a BDF. Returns what follows it, with the component
 * in @bdf, or NULL when there is none. Pure.
 */
const char *bdf_next_in_path(const char *path, char bdf[BDF_MAX]);

/* Whether @function is one of them. Pure. */
bool bdf_is_in_path(const char *path, const char *function);

#endif
