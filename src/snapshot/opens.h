/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The device files that processes have open or mapped. */
#ifndef SNAPSHOT_OPENS_H
#define SNAPSHOT_OPENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/root.h"
#include "snapshot/openless.h"

enum open_kind {
	OPEN_CHAR,	  /* a character device, by number */
	OPEN_BLOCK,	  /* a block device, by number */
	OPEN_VFIO,	  /* below /dev/vfio, by name */
	OPEN_PATH,	  /* a file of a function, by a path that its address is a part of */
	OPEN_MEMORY,	  /* physical memory that is mapped, by its addresses */
	OPEN_VFIO_DEVICE, /* a VFIO device, by the sysfs path of its function */
	OPEN_LOST,	  /* a VFIO device that the kernel does not name */
};

struct opened {
	enum open_kind kind;
	unsigned int major, minor;
	char *path; /* OPEN_VFIO: below /dev/vfio/; OPEN_PATH, OPEN_VFIO_DEVICE: the path */
	uint64_t start, end; /* OPEN_MEMORY; @end is not part of it */
	char what[176];	     /* "/dev/sda open in process 812 (smartd)" */
	size_t more;	     /* other descriptors of the same */
};

struct opens {
	struct opened *list;
	size_t count;
	bool saw_any;	 /* the files of some process could be read */
	char missed[64]; /* ... of another could not: "1 (init)"; else "" */
};

#define _cleanup_opens_ _cleanup_(opens_free)

/*
 * Reads proc/PID/fd of every process into zeroed @opens, each device once, and with @mapped also
 * proc/PID/maps, which takes longer: a mapping outlives its descriptor. In a captured tree a
 * device file is a text file with "c MAJOR:MINOR" or "b MAJOR:MINOR". @openless, which may be NULL,
 * are known from an earlier time, and those that are found are added. Returns 0, -ENOMEM, or
 * -errno when proc cannot be listed. Reads root.
 */
int opens_read(const struct root *root, bool mapped, struct openless *openless,
	       struct opens *opens) _must_check_;

/* "/dev/sda open in process 812 (smartd) and 2 more". */
void opened_describe(const struct opened *opened, char *text, size_t size_bytes);

void opens_free(struct opens *opens);

#endif
