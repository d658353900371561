/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decompression of kernel images: zlib, liblzma, libzstd and liblz4 are used here only. */
#ifndef KERNEL_DECOMPRESS_H
#define KERNEL_DECOMPRESS_H

#include <errno.h>

#include "base/attr.h"
#include "kernel/bytes.h"

/* The kernel's CONFIG_KERNEL_* formats (scripts/Makefile.lib, lib/decompress.c). */
enum compression {
	COMPRESSION_NONE,
	COMPRESSION_GZIP,
	COMPRESSION_XZ,
	COMPRESSION_ZSTD,
	COMPRESSION_LZ4,
	COMPRESSION_BZIP2,
	COMPRESSION_LZMA,
	COMPRESSION_LZO,
};

/* By the first bytes; COMPRESSION_NONE when they are no known magic. Pure. */
enum compression compression_detect(struct bytes data);

/* "gzip", "xz", ...; "none". Pure. */
const char *compression_name(enum compression compression);

/*
 * Decompresses one stream; what follows it (the size the kernel's build appends) is ignored. *out
 * is allocated and handed to the caller. Returns 0, -EBADMSG for damaged or cut off data, -EFBIG
 * for more than @max_bytes, -EOPNOTSUPP for a format that is recognised but not read, -ENOMEM.
 */
#ifdef HAVE_BTF
int decompress(enum compression compression, struct bytes in, size_t max_bytes, unsigned char **out,
	       size_t *length_bytes) _must_check_;
#else
static inline int decompress(enum compression compression, struct bytes in, size_t max_bytes,
			     unsigned char **out, size_t *length_bytes)
{
	(void)compression, (void)in, (void)max_bytes, (void)out, (void)length_bytes;
	return -EOPNOTSUPP;
}
#endif

#endif
