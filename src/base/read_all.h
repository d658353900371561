/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a file whose size is not known, as those of proc and sysfs. */
#ifndef BASE_READ_ALL_H
#define BASE_READ_ALL_H

#include "base/strbuf.h"

/*
 * Adds what is left of the file to @content. Returns 0, -EFBIG when that then holds more than
 * @max_bytes, or another -errno; @content holds a part on failure.
 */
int read_all(int fd, size_t max_bytes, struct strbuf *content) _must_check_;

#endif
