/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel images on disk: from the wrapper to the kernel inside, and the facts seen there. */
#ifndef KERNEL_IMAGE_H
#define KERNEL_IMAGE_H

#include "base/attr.h"
#include "base/strbuf.h"
#include "kernel/bytes.h"
#include "model/facts.h"

/* @data and @btf lie in @owned, or in the file given to image_open(). */
struct kernel_image {
	struct bytes data;    /* the kernel itself, unpacked */
	struct bytes btf;     /* length 0: it has none */
	unsigned char *owned; /* what was decompressed, or NULL */
	char format[48];      /* "bzImage, zstd", "arm64 Image", "ELF", "BTF" */
	char release[65];     /* from the "Linux version" banner, or "" */
};

#define _cleanup_image_ _cleanup_(image_close)

/*
 * Unpacks @file: x86 bzImage, EFI zboot, UKI, raw Image, ELF vmlinux or raw BTF, also compressed once
 * more. Nothing in it is trusted; at most 1 GiB is decompressed. Returns 0, or -errno with one
 * sentence in @error: -EINVAL no kernel or a damaged one, -EOPNOTSUPP a compression not read here,
 * -EFBIG, -ENOMEM. @file must outlive @image.
 */
int image_open(struct bytes file, struct kernel_image *image, struct strbuf *error) _must_check_;
void image_close(struct kernel_image *image);

/* Fills @facts, with what stays unknown explained in facts->note. Pure but for libbpf. */
void image_read_facts(const struct kernel_image *image, struct kernel_facts *facts);

#endif
