/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wrappers that boot loaders start and that carry a kernel. */
#ifndef KERNEL_BOOT_H
#define KERNEL_BOOT_H

#include "base/attr.h"
#include "kernel/bytes.h"

/*
 * Borrows the payload of an x86 bzImage (Documentation/arch/x86/boot.rst, protocol 2.08) an EFI
 * zboot image (drivers/firmware/efi/libstub/zboot-header.S), or a unified kernel image (systemd's
 * ukify). @format gets its name, "bzImage", "EFI zboot" or "UKI". Returns 0, -ENOENT when it is
 * none of them, -EINVAL when its header points outside of the file. Pure.
 */
int boot_payload(struct bytes file, const char **format, struct bytes *payload) _must_check_;

/* "arm64 Image", "riscv Image", or NULL for anything else. Pure. */
const char *boot_raw_format(struct bytes file);

#endif
