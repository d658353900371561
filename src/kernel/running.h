/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static facts about the kernel that runs, or ran where a tree was captured. */
#ifndef KERNEL_RUNNING_H
#define KERNEL_RUNNING_H

#include "base/attr.h"
#include "base/root.h"
#include "kernel/bytes.h"
#include "model/facts.h"

/*
 * Reads sys/kernel/btf/vmlinux below @root and, where that leaves open whether the functions
 * exist, proc/kallsyms (its 5 MB take ten times as long), and sys/kernel/livepatch, which leaves a
 * verdict of vulnerable open. @release may be NULL: then it is read from
 * proc/sys/kernel/osrelease. A missing source is a fact left unknown and a note, not an error.
 * Returns 0 or -ENOMEM.
 */
int facts_read_running(const struct root *root, const char *release,
		       struct kernel_facts *facts) _must_check_;

/* The build id of a kernel as an ELF note, header included; length 0 when there is none. */
struct build_note {
	unsigned char data[80];
	size_t length;
};

/* Finds the note of type NT_GNU_BUILD_ID in the bytes of /sys/kernel/notes. 0 or -ENOENT. Pure. */
int build_note_parse(struct bytes notes, struct build_note *note) _must_check_;

/* The same for sys/kernel/notes below @root. Returns 0 or -errno. */
int build_note_read(const struct root *root, struct build_note *note) _must_check_;

#endif
