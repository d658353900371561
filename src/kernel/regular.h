/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a whole regular file whose size is known, in one piece. */
#ifndef KERNEL_REGULAR_H
#define KERNEL_REGULAR_H

#include <stddef.h>

#include "base/attr.h"

/* Open with these, so that a FIFO does not wait for a writer for ever. */
#define REGULAR_OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/*
 * Reads what fstat() says of @fd into *out, which the caller frees; less when the file shrinks
 * meanwhile, which is why this is no mmap(). Returns 0, -EISDIR, -ENOTSUP for anything else that
 * is no regular file, -EFBIG above @max_bytes, or -errno.
 */
int regular_read(int fd, size_t max_bytes, unsigned char **out, size_t *length_bytes) _must_check_;

#endif
