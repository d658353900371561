/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cases of test_interlocks.c: what is changed in tests/roots/interlocks.tree, and what follows.
 */
#ifndef UNIT_INTERLOCKS_H
#define UNIT_INTERLOCKS_H

#include <stdbool.h>
#include <stddef.h>

#include "plan/plan.h"

/*
 * @edits are lines as in a tree, with "r PATH" to remove and "a PATH = TEXT" to add a line. In them
 * @D stands for the place of the function 01:00.0 below sys, @M for that of its mate 02:00.0.
 */
#define VF_PLACE "devices/pci0000:00/0000:00:01.0/0000:01:10."
#define ONE_VF(n)                                                                                  \
	"l sys/bus/pci/devices/0000:01:10." n " -> ../../../" VF_PLACE n "\n"                      \
	"l sys/" VF_PLACE n "/physfn -> ../0000:01:00.0\n"                                         \
	"f sys/" VF_PLACE n "/vendor = 0x1b36\nf sys/" VF_PLACE n "/device = 0x0010\n"             \
	"f sys/" VF_PLACE n "/class = 0x010802\n"                                                  \
	"l sys/" VF_PLACE n "/iommu_group -> ../../../../kernel/iommu_groups/1" n "\n"
/* VFs of 01:00.0 that nobody uses. */
#define TWO_VFS "f sys/@D/sriov_numvfs = 2\n" ONE_VF("0") ONE_VF("1")

struct interlock_case {
	const char *name;
	const char *edits;
	const char *reason; /* why 01:00.0 is refused; "" when it is not */
	enum interlock_driver {
		KEEP, /* --with-driver, which most cases need */
		REFUSE,
		UNBIND,
	} driver;
	bool forced;	     /* 01:00.0 is named, with --force-in-use */
	bool named;	     /* ... without it */
	bool vfs;	     /* ... with --with-vfs */
	bool all;	     /* functions without a driver are not known to be free either */
	bool unaffected;     /* a kernel without prepare/done */
	const char *warning; /* must be part of a warning, when not NULL */
	const char *skip;    /* reason of a skip of 01:00.0 that must be there */
};

extern const struct interlock_case interlock_cases[];
extern const size_t interlock_case_count;

/*
 * What changes between the plan, in which neither 01:00.0 nor its mate have a driver, and the step;
 * 01:00.1 is on the same bus, in another group.
 */
struct late_case {
	const char *name;
	const char *edits;
	const char *reason; /* why the step is left out; "" when it is not */
	const char *method; /* flr when NULL */
	bool unaffected;
	bool probed;		/* and forced */
	enum scenario scenario; /* single when 0 */
	bool vfs; /* 01:00.0 is named with --with-vfs, and had two VFs when it was planned */
};

extern const struct late_case late_cases[];
extern const size_t late_case_count;

#endif
