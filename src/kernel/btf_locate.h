/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in a blob BTF lies (Documentation/bpf/btf.rst, "BTF Type and String Encoding"). */
#ifndef KERNEL_BTF_LOCATE_H
#define KERNEL_BTF_LOCATE_H

#include "kernel/bytes.h"

/*
 * True when @blob begins with a BTF header of either byte order whose sections lie inside of it;
 * *btf (may be NULL) gets header and sections. Pure.
 */
bool btf_at_start(struct bytes blob, struct bytes *btf);

/* Finds the largest BTF in an image that has no section table. Pure. */
bool btf_scan(struct bytes image, struct bytes *btf);

#endif
