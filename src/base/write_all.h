/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing that does not stop half way. */
#ifndef BASE_WRITE_ALL_H
#define BASE_WRITE_ALL_H

#include <stddef.h>

#include "base/attr.h"

/* Writes all of it, in as many pieces as the file takes. Returns 0 or -errno; -EIO: none of it. */
int write_all(int fd, const char *text, size_t length_bytes) _must_check_;

#endif
