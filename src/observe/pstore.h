/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel log of a crash, as firmware or reserved memory kept it over the reboot
 * (Documentation/ABI/testing/pstore): which reset was under way.
 */
#ifndef OBSERVE_PSTORE_H
#define OBSERVE_PSTORE_H

#include <stddef.h>

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"

/* A marker that says a step began, and none says it ended. */
struct pstore_mark {
	char path[WHY_MAX];
	char run_id[40];
	unsigned int step;
	char scenario[16];
	char method[METHOD_NAME_MAX];
	char functions[SUBJECTS_MAX * BDF_MAX]; /* separated by blanks */
};

/*
 * Parses one line of a log. Returns 1 for a begin marker, 2 for an end marker, with all but the
 * path in @mark; 0 for anything else. Pure.
 */
int pstore_parse(const char *line, struct pstore_mark *mark);

/*
 * Finds the steps that were under way, at most one for each run. *marks is allocated, NULL when
 * there is none; no pstore is none. Returns 0 or -ENOMEM. Reads root.
 */
int pstore_unfinished(const struct root *root, struct pstore_mark **marks,
		      size_t *count) _must_check_;

#endif
