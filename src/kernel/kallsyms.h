/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which functions the running kernel has, by its list of symbols. */
#ifndef KERNEL_KALLSYMS_H
#define KERNEL_KALLSYMS_H

#include "base/attr.h"
#include "base/root.h"
#include "kernel/bytes.h"
#include "model/tri.h"

/* Members are never to be seen here: this tells whether prepare/done exist, not their shape. */
struct kallsyms {
	enum tri prepare;
	enum tri done;
};

/*
 * Looks for the functions in the text of /proc/kallsyms. A text without pci_reset_function() is
 * not the list of a kernel with PCI (a cut off copy, kptr restrictions of a container): -ENODATA.
 * Symbols of modules do not count. Pure.
 */
int kallsyms_parse(struct bytes text, struct kallsyms *found) _must_check_;

/* The same for proc/kallsyms below @root. Addresses may read as zero. Returns 0 or -errno. */
int kallsyms_read(const struct root *root, struct kallsyms *found) _must_check_;

#endif
