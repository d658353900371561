/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two ways to find open files share; for opens*.c alone. */
#ifndef SNAPSHOT_OPENS_SEARCH_H
#define SNAPSHOT_OPENS_SEARCH_H

#include "model/bdf.h"
#include "snapshot/opens.h"

struct search {
	const struct root *root;
	struct opens *opens;
	const char *process;  /* "proc/PID" */
	bool has_vfio_device; /* the process has descriptors of such */
};

/* Adds @wanted, whose path is borrowed, as "NAME HOW process 812 (smartd)". Returns 0 or -ENOMEM.
 */
int search_add(const struct search *search, const char *name, const char *how,
	       const struct opened *wanted) _must_check_;

/* Remembers that something of the process could not be read. */
void search_note_missed(const struct search *search);

/*
 * Reads the descriptors in @directory ("proc/PID", "proc/PID/task/TID"). Returns how many there
 * were, or -errno.
 */
int search_descriptors(struct search *search, const char *directory) _must_check_;

/* Reads the mappings likewise. */
int search_maps(struct search *search, const char *directory) _must_check_;

/*
 * The address of the function that @path is a file of through which its registers or its
 * configuration can be reached: in sysfs or in proc/bus/pci. @by_config says whether it is the
 * configuration, which may be read without harm. False when it is none. Pure.
 */
bool search_is_function(const char *path, char bdf[BDF_MAX], bool *by_config);

/* What a device file of a captured tree stands for; false when @path is none. Reads root. */
bool search_read_captured(const struct root *root, const char *path, struct opened *opened);

#endif
