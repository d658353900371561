/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sections of an ELF file of either class and byte order, without a library. */
#ifndef KERNEL_ELF_H
#define KERNEL_ELF_H

#include "base/attr.h"
#include "kernel/bytes.h"

/* True for the ELF magic. Pure. */
bool elf_is(struct bytes file);

/*
 * Borrows the content of the section called @name. Returns 0, -ENOENT when there is no such
 * section (or no section table), -EINVAL for damaged headers. Pure.
 */
int elf_section(struct bytes file, const char *name, struct bytes *section) _must_check_;

#endif
