/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which functions and methods a user asked for, in lspci's terms. */
#ifndef MODEL_FILTER_H
#define MODEL_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "model/snapshot.h"

#define FILTER_ANY (-1)

/*
 * Every part that is given must match; of the functions named one by one, any. Owned by the
 * caller, released with filter_free().
 */
struct filter {
	bool has_slot, has_id;	      /* -s, -d given, even if all wildcards */
	long domain, bus, slot, func; /* FILTER_ANY where not given */
	long vendor, device;
	long class_code, class_mask; /* base and sub class; 'x' digits are not compared */
	long interface;
	int group; /* FILTER_ANY or an IOMMU group number */
	char methods[METHODS_MAX][METHOD_NAME_MAX];
	size_t method_count;
	char (*named)[BDF_MAX]; /* functions named one by one, as the kernel spells */
	size_t named_count;
};

#define FILTER_INIT                                                                                \
	{                                                                                          \
		.domain = FILTER_ANY, .bus = FILTER_ANY, .slot = FILTER_ANY, .func = FILTER_ANY,   \
		.vendor = FILTER_ANY, .device = FILTER_ANY, .class_code = FILTER_ANY,              \
		.class_mask = ~0L, .interface = FILTER_ANY, .group = FILTER_ANY                    \
	}
#define _cleanup_filter_ _cleanup_(filter_free)

/*
 * The parsers take one option's text. They return NULL, or what is wrong with it as a phrase
 * ("invalid bus number"); the filter is then half set and of no use. Pure.
 */
/* "[[[domain]:]bus]:[slot][.func]", each part hexadecimal, empty or "*" for any. */
const char *filter_parse_slot(struct filter *filter, const char *text) _must_check_;
/* "[vendor]:[device][:class[:interface]]", class digits may be x. */
const char *filter_parse_id(struct filter *filter, const char *text) _must_check_;
/* A decimal group number. */
const char *filter_parse_group(struct filter *filter, const char *text) _must_check_;
/* A method's name; whether anything knows it is not looked at. Adds to those given before. */
const char *filter_add_method(struct filter *filter, const char *name) _must_check_;
/* A function's address, domain optional. Adds to those given before. */
const char *filter_add_function(struct filter *filter, const char *bdf) _must_check_;

/* True when nothing was selected by slot, id, group or name (a method alone selects nothing). */
bool filter_selects_all(const struct filter *filter);

/* True when the function is named one by one on the command line. Pure. */
bool filter_names(const struct filter *filter, const char *bdf);

/* True when the method is wanted: none was named, or this one was. Pure. */
bool filter_wants_method(const struct filter *filter, const char *method);

/* True when the function is selected; methods are not looked at. Pure. */
bool filter_match(const struct filter *filter, const struct function *function);

/* The first function named one by one that the snapshot lacks, NULL when all are there. Pure. */
const char *filter_missing_function(const struct filter *filter, const struct snapshot *snapshot);

/* The first wanted method that neither mainline nor any function knows, NULL when none. Pure. */
const char *filter_unknown_method(const struct filter *filter, const struct snapshot *snapshot);

void filter_free(struct filter *filter);

#endif
