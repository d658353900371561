/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing a file so that under its name there is either all of it or what was there before. */
#ifndef CLI_SAVE_H
#define CLI_SAVE_H

#include <stddef.h>

#include "base/attr.h"

/*
 * Finds out whether save_file() could write to @path now: makes a temporary file beside it and
 * removes it again. To be asked before anything is reset. Returns 0 or -errno.
 */
int save_prepare(const char *path) _must_check_;

/*
 * Writes @text to a temporary file in the directory of @path, to disk, and under its name. What is
 * no regular file (a terminal, a pipe, /dev/full) and what names an open descriptor (/dev/stdout)
 * is written to directly. On failure the temporary file is gone and @path holds what it held, or
 * all of @text when only its directory could not be synced. Returns 0 or -errno.
 */
int save_file(const char *path, const char *text, size_t length_bytes) _must_check_;

#endif
